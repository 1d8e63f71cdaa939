using Spectre.Console;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Comparisons;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Cli;

/// <summary>A comparison as text: what it says, then every figure in the leading way of decoding with its difference to the first run's.</summary>
internal static class ComparisonTable
{
    private static readonly Style Dim = new(decoration: Decoration.Dim), Bold = new(decoration: Decoration.Bold);

    /// <summary>Writes it.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="withDefinitions">Whether to say what every figure is.</param>
    public static void Write(Terminal terminal, Comparison comparison, bool withDefinitions)
    {
        foreach (LeftOut run in comparison.Missing)
            terminal.WriteError($"missing: {Wording.OneLine($"{run.Name}: {run.Reason}")}");
        foreach (string note in comparison.Notes)
            terminal.WriteError($"note: {Wording.OneLine(note)}");
        foreach (string sentence in ComparisonSummary.Of(comparison))
            terminal.Out.Write(new Text($"{Wording.OneLine(sentence)}\n"));
        foreach (ComparedRun[] runs in Parts(terminal, comparison))
            terminal.Out.Write(Figures(comparison, runs));
        terminal.WriteLine($"{Wording.Images(comparison.Images)} of {Wording.OneLine(comparison.Data)}. Below each figure its 95 % interval, and the "
            + $"difference to {Wording.OneLine(comparison.Runs[0].Name)} with its own: + better, - worse, ? these images cannot tell.");
        foreach (LeftOut left in comparison.Runs.SelectMany(run => run.Result.LeftOut).Distinct())
            terminal.WriteLine($"Left out: {left.Name}. {Wording.OneLine(left.Reason)}");
        if (withDefinitions)
            EvaluationTable.WriteDefinitions(terminal, comparison.Definitions);
    }

    // As many tables as the terminal's width takes; each begins with the run that the others are compared with.
    private static IEnumerable<ComparedRun[]> Parts(Terminal terminal, Comparison comparison)
    {
        int labels = comparison.Metrics.Max(metric => EvaluationTable.Label(metric).Length) + 3;
        int others = Math.Max(1, (terminal.Out.Profile.Width - labels) / EvaluationTable.CellWidth - 1);
        return comparison.Runs.Count == 1 ? [[comparison.Runs[0]]] : comparison.Runs.Skip(1).Chunk(others).Select(some => (ComparedRun[])[comparison.Runs[0], .. some]);
    }

    private static Table Figures(Comparison comparison, ComparedRun[] runs)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn(new Text(comparison.Lead.Name, Bold)).NoWrap());
        foreach (ComparedRun run in runs)
            table.AddColumn(new TableColumn(new Text(Wording.OneLine(run.Name))).RightAligned());
        foreach (Metric metric in comparison.Metrics)
            table.AddRow([new Text(EvaluationTable.Label(metric)), .. runs.Select(run => Cell(comparison, run, metric))]);
        return table;
    }

    private static Paragraph Cell(Comparison comparison, ComparedRun run, Metric metric)
    {
        bool isOfCodes = run.Find(comparison.Lead)?.Find(metric.Key) is null;
        Figure? figure = isOfCodes ? run.FindCode(metric.Key) : run.Find(comparison.Lead)!.Find(metric.Key);
        if (figure is null)
            return new Paragraph("-", Dim);
        var cell = new Paragraph(figure.ToString());
        if (run == comparison.Runs[0])
            return cell;
        Difference? difference = isOfCodes
            ? Comparison.CodesBetween(run, comparison.Runs[0], metric.Key)
            : comparison.Between(run, comparison.Runs[0], comparison.Lead, metric.Key);
        return difference is null ? cell : cell.Append($"\n{Sign(difference.Verdict)} {new Figure(metric, difference.Value, difference.Interval)}", Dim);
    }

    private static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Better => "+",
        Verdict.Worse => "-",
        _ => "?",
    };
}
