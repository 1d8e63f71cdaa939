using Spectre.Console;
using Underpaint.Experiments;

namespace Underpaint.Cli;

/// <summary>What <c>experiment --dry-run</c> tells.</summary>
internal static class ExperimentPlanText
{
    /// <summary>Writes it.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<ExperimentRunPlan> plans)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(Column("run"))
            .AddColumn(Column("images seen").RightAligned()).AddColumn(Column("left").RightAligned())
            .AddColumn(Column("rows done").RightAligned()).AddColumn(Column("left").RightAligned()).AddColumn(Column("about").RightAligned());
        foreach (ExperimentRunPlan plan in plans.Where(plan => plan.Problem.Length == 0))
        {
            table.AddRow(Cell($"{plan.Run}"), Cell(Wording.Count(plan.ImagesSeen)), Cell(Wording.Count(plan.ImagesLeft)),
                Cell(Wording.Count(plan.RowsDone)), Cell(Wording.Count(plan.RowsLeft)), Cell(Wording.Duration(plan.Time)));
        }
        terminal.Out.Write(table);
        foreach (ExperimentRunPlan plan in plans.Where(plan => plan.Problem.Length > 0))
            terminal.WriteError($"cannot be done: {plan.Run}: {Wording.OneLine(plan.Problem)}");
        terminal.WriteLine($"{Wording.Images(plans.Sum(plan => plan.ImagesLeft))} to train on and {Wording.Count(plans.Sum(plan => plan.RowsLeft), "row")} "
            + $"to make: about {Wording.Duration(plans.Aggregate(TimeSpan.Zero, (sum, plan) => sum + plan.Time))} with nothing else running, "
            + "besides saving and looking at validation images.");
        terminal.WriteLine("This was a dry run: nothing was written.");
    }

    private static TableColumn Column(string title) => new TableColumn(new Text(title, FigureTable.TitleStyle)).NoWrap();

    private static Text Cell(string text) => new(text);
}
