using Underpaint.Cli.Progress;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Runs;

namespace Underpaint.Cli.Verbs;

/// <summary><c>bench</c>: how fast this machine is.</summary>
internal static class BenchVerb
{
    private const int Tasks = 3;
    private static readonly SpeedOptions Defaults = new();

    public static Verb Create(Terminal terminal)
    {
        var preset = Parameters.Preset();
        var steps = Parameters.Steps(Defaults.Steps);
        var seconds = Parameters.Seconds();
        var json = Parameters.Json();
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var threads = Parameters.Threads();
        var verb = new Verb("bench",
            "Measures how fast this machine trains, encodes and decodes, and the memory that it takes; let nothing else run meanwhile.",
            "underpaint bench --precision float32 --json")
        {
            preset, steps, seconds, json, device, precision, threads,
        };
        verb.SetAction(parsed =>
        {
            var options = new SpeedOptions
            {
                Preset = ModelPresets.Find(parsed.GetValue(preset)!)!,
                Steps = parsed.GetValue(steps),
                Seconds = parsed.GetValue(seconds),
            };
            SpeedResult result = Measure(terminal, options,
                ComputeDevice.Choose(parsed.GetValue(device)!, parsed.GetValue(precision)!, parsed.GetValue(threads)));
            if (parsed.GetValue(json))
                terminal.WriteJson(result);
            else
                WriteText(terminal, result);
            return ExitCode.Ok;
        });
        return verb;
    }

    private static SpeedResult Measure(Terminal terminal, SpeedOptions options, ComputeDevice device)
    {
        SpeedResult? result = null;
        CountedProgress.Watch(terminal, "measuring", Tasks, counted =>
            result = SpeedTest.Run(options, device, counted, terminal.Stop));
        return result!;
    }

    private static void WriteText(Terminal terminal, SpeedResult result)
    {
        var facts = new FactTable();
        facts.Add("model", $"{result.Preset}, {result.ImageSize}×{result.ImageSize} pixels, {Wording.Count(result.Parameters, "parameter")}");
        facts.Add("machine", $"{result.Device}, {Wording.Count(result.Threads, "thread")}, {result.Precision}, libtorch {result.Torch}");
        facts.Add("training", $"{Wording.Speed(result.TrainImagesPerSecond!.Value)}, batches of {result.TrainBatch}");
        facts.Add("encoding", $"{Wording.Speed(result.EncodeImagesPerSecond!.Value)}, batches of {result.InferenceBatch}");
        facts.Add("decoding", $"{Wording.Speed(result.DecodeImagesPerSecond!.Value)}, batches of {result.InferenceBatch}, {Wording.Steps(result.Steps)}");
        facts.Add("memory", $"{Wording.Count((long)result.PeakResidentMiB)} MiB at the peak");
        facts.Write(terminal);
    }
}
