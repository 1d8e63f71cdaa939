using System.CommandLine;
using Underpaint.Cli.Progress;
using Underpaint.Evaluation.Comparisons;
using Underpaint.Reports;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Cli.Verbs;

/// <summary><c>compare</c>: runs side by side at the same images and the same noise.</summary>
internal static class CompareVerb
{
    private const int DefaultImages = 256;
    private static readonly int[] DefaultSteps = [1, 5, 20, 100];

    public static Verb Create(Terminal terminal)
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "Run folders or model files; the others are compared with the first",
            Arity = ArgumentArity.OneOrMore,
        };
        var evaluation = new EvaluationParameters(DefaultImages, DefaultSteps);
        var page = new Option<string?>("--html") { Description = "Also write a page with pictures and plots; one file", HelpName = "FILE" };
        var allow = new Option<bool>("--allow-differences")
        {
            Description = "Compare although the runs' data, image sizes or versions of metrics differ; what differs is said",
        };
        var json = Parameters.Json();
        var verb = new Verb("compare",
            "Compares runs at the same images and the same noise: who is better at what, by how much, and whether that is more than luck. "
            + "The same command again continues where it was interrupted.",
            "underpaint compare runs/0001-diffae runs/0002-two-phase --data held-out.zip --html comparison.html")
        {
            runs, evaluation.Data, evaluation.Limit, evaluation.Steps, evaluation.Solvers, evaluation.Grid, evaluation.Exact, evaluation.Seed,
            evaluation.Weights, evaluation.Judge, evaluation.Probe, page, allow, json, evaluation.Device, evaluation.Precision,
        };
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(page) is { } file)
                OutputFile.CheckFolder(file);
            using ChosenMeasures measures = evaluation.MeasuresIn(parsed);
            var options = new ComparisonOptions
            {
                Data = parsed.GetValue(evaluation.Data),
                Evaluation = evaluation.OptionsIn(parsed, measures),
                AllowDifferences = parsed.GetValue(allow),
                Device = parsed.GetValue(evaluation.Device)!,
                Precision = parsed.GetValue(evaluation.Precision)!,
            };
            return Run(terminal, parsed.GetValue(runs)!, options, parsed.GetValue(page), parsed.GetValue(json));
        });
        return verb;
    }

    private static int Run(Terminal terminal, string[] runs, ComparisonOptions options, string? page, bool json)
    {
        try
        {
            Comparison comparison = Compare(terminal, runs, options);
            // Figures that took hours are shown before anything can go wrong with the page.
            if (json)
                terminal.WriteJson(ComparisonJson.Of(comparison));
            else
                ComparisonTable.Write(terminal, comparison, withDefinitions: page is null);
            if (page is not null)
                AtomicFile.WriteText(page, ComparisonReport.Render(comparison));
            if (page is not null && !json)
                terminal.WriteLine($"Everything else, with pictures and definitions: {page}");
            return comparison.Missing.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            terminal.WriteError("Stopped before the end; what is finished is kept. Give the same command again to go on.");
            return ExitCode.Failed;
        }
    }

    private static Comparison Compare(Terminal terminal, string[] runs, ComparisonOptions options)
    {
        Comparison? comparison = null;
        CountedProgress.Watch(terminal, "comparing", (Action<long, long> reached) =>
            comparison = RunComparison.Run(runs, options, note => terminal.WriteError($"note: {Wording.OneLine(note)}"), reached, terminal.Stop));
        return comparison!;
    }
}
