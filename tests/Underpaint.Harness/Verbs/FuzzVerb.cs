using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Underpaint.Harness.Fuzzing;
using Underpaint.Harness.Guiding;
using Underpaint.Tests;

namespace Underpaint.Harness.Verbs;

/// <summary><c>fuzz</c>: mutated inputs for every reader.</summary>
internal static class FuzzVerb
{
    public static Command Create()
    {
        var inputs = new Option<long>("--inputs") { Description = "Inputs for each reader", DefaultValueFactory = _ => 1_000_000 };
        var first = new Option<long>("--first") { Description = "The first input's number", DefaultValueFactory = _ => 0 };
        var seed = new Option<long>("--seed") { Description = "Which series of inputs", DefaultValueFactory = _ => 0 };
        var only = new Option<string?>("--target") { Description = "One reader alone" };
        var failures = new Option<string>("--failures")
        {
            Description = "Where failing inputs are kept",
            DefaultValueFactory = _ => "artifacts/fuzz",
        };
        var guided = new Option<bool>("--guided") { Description = "Let libFuzzer choose the inputs of --target; see Guiding/guided.sh" };
        var seeds = new Option<string?>("--seeds") { Description = "With --guided: only write what libFuzzer begins with, to this folder" };
        var verb = new Command("fuzz", "Feeds mutated inputs to every reader of files.") { inputs, first, seed, only, failures, guided, seeds };
        verb.SetAction(parsed =>
        {
            using var folder = new TemporaryFolder();
            if (parsed.GetValue(guided))
                GuidedFuzzing.Prepare();
            string? chosen = parsed.GetValue(only);
            IReadOnlyList<FuzzTarget> all = FuzzTargets.All(folder.Path);
            FuzzTarget[] targets = [.. all.Where(target => chosen is null || target.Name == chosen)];
            if (targets.Length == 0)
            {
                Console.Error.WriteLine($"There is no reader {chosen}. There are: {string.Join(", ", all.Select(target => target.Name))}.");
                return 2;
            }
            if (parsed.GetValue(guided))
                return RunGuided(targets, parsed.GetValue(seeds));
            bool isSound = true;
            foreach (FuzzTarget target in targets)
                isSound &= Run(target, parsed.GetValue(seed), parsed.GetValue(first), parsed.GetValue(inputs), parsed.GetValue(failures)!);
            return isSound ? 0 : 1;
        });
        return verb;
    }

    private static bool Run(FuzzTarget target, long seed, long first, long count, string folder)
    {
        var memory = new PeakMemory();
        FuzzReport report = FuzzLoop.Run(target, seed, first, count, done =>
        {
            if (done > 0 && done % 100_000 == 0)
                Console.Error.WriteLine($"{target.Name}: {done:N0}");
        });
        double mebibytes = memory.Grown() / (1024.0 * 1024);
        bool isModest = memory.Grown() <= FuzzLoop.MostMemory;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Target,-12} {report.Inputs,9:N0} inputs, {report.Accepted,9:N0} read, {report.Refused,9:N0} refused, "
            + $"slowest {report.Slowest.TotalMilliseconds:0} ms, memory +{mebibytes:0} MiB, {report.Failures.Count} failures"));
        foreach (FuzzFailure failure in report.Failures.DistinctBy(failure => failure.Cause))
            Console.WriteLine($"  {failure.Cause}: {Keep(failure, folder)} (input {failure.Number})\n  {failure.Details}");
        return report.Failures.Count == 0 && isModest;
    }

    private static string Keep(FuzzFailure failure, string folder)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(failure.Input))[..8];
        string path = Path.Combine(folder, failure.Target, $"{failure.Cause}-{hash}.bin");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, failure.Input);
        return path;
    }

    private static int RunGuided(FuzzTarget[] targets, string? seeds)
    {
        if (targets is not [var target])
        {
            Console.Error.WriteLine("Name one reader with --target.");
            return 2;
        }
        if (seeds is null)
            GuidedFuzzing.Run(target);
        else
            GuidedFuzzing.WriteSeeds(target, seeds);
        return 0;
    }
}
