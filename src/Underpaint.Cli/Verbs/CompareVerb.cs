using System.CommandLine;
using System.Text;
using Underpaint.Cli.Progress;
using Underpaint.Evaluation;
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
        var data = EvaluationParameters.Data();
        var limit = Parameters.Limit($"[default: {DefaultImages}]");
        var steps = EvaluationParameters.Steps(DefaultSteps);
        var solver = EvaluationParameters.Solvers();
        var grid = Parameters.Grid();
        var exact = EvaluationParameters.Exact();
        var seed = Parameters.Seed();
        var weights = EvaluationParameters.Weights();
        var judge = EvaluationParameters.Judge();
        var probe = EvaluationParameters.Probe();
        var page = new Option<string?>("--html") { Description = "Also write a page with pictures and plots; one file", HelpName = "FILE" };
        var allow = new Option<bool>("--allow-differences")
        {
            Description = "Compare although the runs' data, image sizes or versions of metrics differ; what differs is said",
        };
        var json = Parameters.Json();
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var verb = new Verb("compare",
            "Compares runs at the same images and the same noise: who is better at what, by how much, and whether that is more than luck. "
            + "The same command again continues where it was interrupted.",
            "underpaint compare runs/0001-diffae runs/0002-two-phase --data held-out.zip --html comparison.html")
        {
            runs, data, limit, steps, solver, grid, exact, seed, weights, judge, probe, page, allow, json, device, precision,
        };
        verb.SetAction(parsed =>
        {
            using var measures = ChosenMeasures.Load(
                parsed.GetValue(weights), parsed.GetValue(judge), parsed.GetValue(probe), parsed.GetValue(device)!);
            var options = new ComparisonOptions
            {
                Data = parsed.GetValue(data),
                Evaluation = new()
                {
                    Measures = measures.All,
                    Limit = parsed.GetValue(limit) ?? DefaultImages,
                    Decodings = Decoding.All(EvaluationParameters.StepsOf(parsed.GetValue(steps), DefaultSteps),
                        EvaluationParameters.SolversOf(parsed.GetValue(solver)), DecodingWords.Grids[parsed.GetValue(grid)!], parsed.GetValue(exact)),
                    Seed = parsed.GetValue(seed),
                },
                AllowDifferences = parsed.GetValue(allow),
                Device = parsed.GetValue(device)!,
                Precision = parsed.GetValue(precision)!,
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
            if (page is not null)
            {
                byte[] html = Encoding.UTF8.GetBytes(ComparisonReport.Render(comparison));
                AtomicFile.Write(page, stream => stream.Write(html));
            }
            if (json)
                terminal.WriteJson(ComparisonJson.Of(comparison));
            else
                ComparisonTable.Write(terminal, comparison, page);
            return ExitCode.Ok;
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
        int images = runs.Length * options.Evaluation.Decodings.Count * options.Evaluation.Limit!.Value;
        CountedProgress.Watch(terminal, "comparing", images, counted =>
            comparison = RunComparison.Run(runs, options, note => terminal.WriteError($"note: {Wording.OneLine(note)}"), counted, terminal.Stop));
        return comparison!;
    }
}
