using System.CommandLine;
using TorchSharp;
using Underpaint.Bench.Plain;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Runs;

namespace Underpaint.Bench.Verbs;

/// <summary><c>side</c>: measures one side and prints one line of JSON.</summary>
internal static class SideVerb
{
    public static Command Create()
    {
        var side = new Argument<string>("SIDE") { Description = "ours, onnx or plain" }.AcceptOnlyFromAmong("ours", "onnx", "plain");
        var preset = BenchOptions.Preset();
        var size = BenchOptions.AtLeast(8, new Option<int?>("--size") { Description = "Image size in pixels; without it the preset's", HelpName = "N" });
        var batch = BenchOptions.AtLeast(1, new Option<int>("--batch")
        {
            Description = "Images per training step",
            HelpName = "N",
            DefaultValueFactory = _ => new SpeedOptions().TrainBatch,
        });
        var steps = BenchOptions.Steps();
        var seconds = BenchOptions.Seconds();
        var measure = BenchOptions.Measure();
        var precision = BenchOptions.Precision();
        var threads = BenchOptions.Threads();
        var verb = new Command("side", "Measures one side in this process, and prints one line of JSON.")
        {
            side, preset, size, batch, steps, seconds, measure, precision, threads,
        };
        verb.SetAction(parsed =>
        {
            ModelPreset model = ModelPresets.Find(parsed.GetValue(preset)!)!;
            var options = new SpeedOptions
            {
                Preset = model with { ImageSize = parsed.GetValue(size) ?? model.ImageSize },
                TrainBatch = parsed.GetValue(batch),
                Steps = parsed.GetValue(steps),
                Seconds = parsed.GetValue(seconds),
                Tasks = BenchOptions.Tasks(parsed.GetValue(measure)!),
            };
            SpeedResult result = parsed.GetValue(side) switch
            {
                "plain" => MeasurePlain(options, parsed.GetValue(threads)),
                "onnx" => MeasureOnnx(options, parsed.GetValue(threads)),
                _ => SpeedTest.Run(options, ComputeDevice.Choose("cpu", parsed.GetValue(precision)!, parsed.GetValue(threads))),
            };
            Console.WriteLine(BenchJson.ToLine(result));
        });
        return verb;
    }

    private static SpeedResult MeasureOnnx(SpeedOptions options, int? threads)
    {
        ComputeDevice device = ComputeDevice.Choose("cpu", "float32", threads);
        using var subject = new OnnxSubject(options, device.Threads);
        return SpeedTest.Run(subject, options, device);
    }

    // Without our settings of libtorch: the plain side loads it as everyone does.
    private static SpeedResult MeasurePlain(SpeedOptions options, int? threads)
    {
        if (threads is { } count)
            torch.set_num_threads(count);
        using var subject = new PlainSubject(options);
        return SpeedTest.Run(subject, options, new ComputeDevice(torch.CPU, Precision.Float32, torch.get_num_threads()));
    }
}
