using System.CommandLine;
using Spectre.Console;
using Underpaint.Bench.Pairs;
using Underpaint.Runs;

namespace Underpaint.Bench.Verbs;

/// <summary><c>compare</c>: ours and plain eager in turn, and the ratios of the pairs.</summary>
internal static class CompareVerb
{
    public static Command Create()
    {
        var preset = BenchOptions.Preset();
        var pairs = BenchOptions.AtLeast(1, new Option<int>("--pairs")
        {
            Description = "Pairs of ours and plain for each precision",
            HelpName = "N",
            DefaultValueFactory = _ => 5,
        });
        var side = new Option<string>("--side")
        {
            Description = "What is compared with plain eager: ours on libtorch, or exported and on ONNX Runtime (encodes and decodes only)",
            DefaultValueFactory = _ => "ours",
        }.AcceptOnlyFromAmong("ours", "onnx");
        var precision = new Option<string[]>("--precision")
        {
            Description = "Types of our activations; plain eager is always float32",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["float32", "bfloat16"],
        }.AcceptOnlyFromAmong("float32", "bfloat16");
        var measure = BenchOptions.Measure();
        var seconds = BenchOptions.Seconds();
        var steps = BenchOptions.Steps();
        var threads = BenchOptions.Threads();
        var json = BenchOptions.Json();
        var verb = new Command("compare", "Measures ours and plain eager in turn, each in its own process, and prints the ratios of the pairs.")
        {
            preset, pairs, side, precision, measure, seconds, steps, threads, json,
        };
        verb.SetAction(parsed =>
        {
            string[] shared =
            [
                "--preset", parsed.GetValue(preset)!, "--seconds", $"{parsed.GetValue(seconds)}", "--steps", $"{parsed.GetValue(steps)}",
                "--measure", .. MeasureOf(parsed.GetValue(side)!, parsed.GetValue(measure)!), .. parsed.GetValue(threads) is { } count ? (string[])["--threads", $"{count}"] : [],
            ];
            string[] precisions = parsed.GetValue(side) == "onnx" ? ["float32"] : parsed.GetValue(precision)!;
            _ = ChildProcess.Run("parity", "--preset", parsed.GetValue(preset)!);
            Comparison[] comparisons = [.. precisions.Select(type =>
                Comparison.Of(Measure(parsed.GetValue(side)!, parsed.GetValue(pairs), [.. shared, "--precision", type])))];
            if (parsed.GetValue(json))
                Console.WriteLine(BenchJson.ToText(comparisons));
            else
                Array.ForEach(comparisons, comparison => AnsiConsole.Write(ComparisonTable.Of(comparison)));
        });
        return verb;
    }

    // An exported model cannot be trained.
    private static IEnumerable<string> MeasureOf(string side, string[] tasks) => tasks.Where(task => side == "ours" || task != "train");

    private static List<SpeedPair> Measure(string side, int count, string[] options)
    {
        var pairs = new List<SpeedPair>();
        while (pairs.Count < count)
        {
            Console.Error.WriteLine($"pair {pairs.Count + 1} of {count}, {options[^1]}");
            pairs.Add(new(Side(side, options), Side("plain", options)));
        }
        return pairs;
    }

    private static SpeedResult Side(string name, string[] options) =>
        BenchJson.Parse<SpeedResult>(ChildProcess.Run(["side", name, .. options]));
}
