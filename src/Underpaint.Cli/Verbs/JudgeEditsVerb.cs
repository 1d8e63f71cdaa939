using System.CommandLine;
using Spectre.Console;
using Underpaint.Cli.Progress;
using Underpaint.Data.Sources;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Judging;
using Underpaint.Evaluation.Uncertainty;
using Underpaint.Machine;

namespace Underpaint.Cli.Verbs;

/// <summary><c>judge-edits</c>: what directions change in pictures, as an independent judge sees it.</summary>
internal static class JudgeEditsVerb
{
    public static Verb Create(Terminal terminal)
    {
        var editing = new EditingParameters();
        var judge = new Option<string>("--judge") { Description = "A classifier that `underpaint judge` trained on images like these", HelpName = "FILE", Required = true };
        var names = new Option<string[]>("--direction") { Description = "Try this direction only; may be given several times [default: all that the judge can tell]", HelpName = "NAME" };
        var strength = new Option<double?>("--strength")
        {
            Description = "How far images are moved, in units of the directions [default: what is suggested, 1 for classes and other binary attributes, 0.25 for numbers]",
            HelpName = "NUMBER",
            CustomParser = result => Parameters.Number(result),
        };
        var json = Parameters.Json();
        var verb = new Verb("judge-edits",
            "Tries directions on images, one at a time, and lets a judge tell whether each changes what it should and leaves the rest.",
            "underpaint judge-edits runs/0001-ornaments ornaments:200,32,9 --directions factors.safetensors --judge ornaments-judge.safetensors")
        {
            editing.Model, editing.Images, editing.Directions, judge, names, strength, editing.Along,
            editing.Decoding.Steps, editing.InversionSteps, editing.Decoding.Solver, editing.Decoding.Grid, json, editing.Device, editing.Precision,
        };
        verb.SetAction(parsed =>
        {
            var options = new EditTrialOptions
            {
                Directions = parsed.GetValue(names) is { Length: > 0 } chosen ? chosen : null,
                Strength = parsed.GetValue(strength),
                Along = editing.KindIn(parsed),
                InversionSteps = parsed.GetValue(editing.InversionSteps),
                Decoding = editing.Decoding.OptionsIn(parsed),
            };
            using EditingSubject subject = editing.Open(parsed);
            using Judge told = Judge.Load(parsed.GetValue(judge)!, ComputeDevice.Choose(parsed.GetValue(editing.Device)!).Device);
            return Run(terminal, subject, told, options, parsed.GetValue(json));
        });
        return verb;
    }

    private static int Run(Terminal terminal, EditingSubject subject, Judge judge, EditTrialOptions options, bool json)
    {
        var skipped = new List<SkippedImage>();
        IReadOnlyList<JudgedEdit> edits = [];
        CountedProgress.Watch(terminal, "editing", subject.Images.Count, counted =>
            edits = EditTrial.Run(subject.Model, subject.Images, subject.Directions, judge, options, skipped, counted, terminal.Stop));
        SkippedList.Write(terminal, skipped);
        if (json)
            WriteJson(terminal, subject, judge, options, skipped.Count, edits);
        else
            WriteText(terminal, subject.Images.Count - skipped.Count, judge, edits);
        return ExitCode.Ok;
    }

    private static void WriteJson(Terminal terminal, EditingSubject subject, Judge judge, EditTrialOptions options,
        int skipped, IReadOnlyList<JudgedEdit> edits) => terminal.WriteJson(new
        {
            Model = subject.Model.Identity,
            Judge = judge.Description.Identity,
            Data = subject.Images.Description,
            Images = subject.Images.Count - skipped,
            Along = subject.Directions.Choose(options.Along).ToString().ToLowerInvariant(),
            options.InversionSteps,
            options.Decoding.Steps,
            Solver = DecodingWords.Of(options.Decoding.Solver),
            Grid = DecodingWords.Of(options.Decoding.Grid),
            Edits = edits,
        });

    private static void WriteText(Terminal terminal, int images, Judge judge, IReadOnlyList<JudgedEdit> edits)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn(new Text("direction", FigureTable.TitleStyle)).NoWrap())
            .AddColumn(new TableColumn("strength").RightAligned().NoWrap())
            .AddColumn(new TableColumn("changed").RightAligned().NoWrap())
            .AddColumn(new TableColumn("rest kept").RightAligned().NoWrap())
            .AddColumn(new TableColumn("kept least").NoWrap());
        foreach (JudgedEdit edit in edits)
            table.AddRow(new Text(Wording.OneLine(edit.Direction)), new Text(FormattableString.Invariant($"{edit.Strength:0.##}")), new Text(IntervalOf(edit.Changed)),
                new Text(edit.MeanKept is { } mean ? Wording.Share(mean) : ""),
                new Text(edit.LeastKept is { } least ? $"{Wording.Share(least.Share)} {Wording.OneLine(least.Question)}" : ""));
        terminal.Out.Write(table);
        terminal.WriteLine($"Shares of {Wording.Images(images)}, as the judge {judge.Description.Identity} sees them, with 95 % intervals. Changed: in the direction asked for, "
            + "by more than the judge's mean error. Kept: within the error of 95 % of its answers; a class, the same.");
    }

    private static string IntervalOf(BootstrapInterval interval) =>
        $"{Wording.Share(interval.Mean)} [{Wording.Share(interval.Low)}, {Wording.Share(interval.High)}]";
}
