using System.CommandLine;
using Underpaint.Cli.Inspections;
using Underpaint.Cli.Progress;
using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Evaluation.Judging;
using Underpaint.Machine;

namespace Underpaint.Cli.Verbs;

/// <summary><c>judge</c>: trains a classifier that judges pictures.</summary>
internal static class JudgeVerb
{
    private static readonly JudgeOptions Defaults = new();

    public static Verb Create(Terminal terminal)
    {
        var data = Parameters.Data();
        var path = new Option<string>("--out") { Description = "The judge's file", HelpName = "FILE", Required = true };
        var size = Parameters.JudgeSize(Defaults.Size);
        var images = Parameters.JudgeImages(Defaults.Images);
        var noFlip = new Option<bool>("--no-flip") { Description = "Never mirror images: for letters, digits and other one-sided things" };
        var seed = Parameters.JudgeSeed();
        var json = Parameters.Json();
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var threads = Parameters.Threads();
        var verb = new Verb("judge",
            "Trains a small classifier on the images' classes (of ornaments: on their factors), to judge other pictures by. "
            + "The same command again shows the judge that is there.",
            "underpaint judge --data cifar10-train.zip --out cifar10-judge.safetensors")
        {
            data, path, size, images, noFlip, seed, json, device, precision, threads,
        };
        verb.SetAction(parsed =>
        {
            using IImageSource source = ImageSources.Open(parsed.GetValue(data)!);
            var options = Defaults with
            {
                Size = parsed.GetValue(size),
                Images = parsed.GetValue(images),
                Flip = !parsed.GetValue(noFlip),
                Seed = parsed.GetValue(seed),
            };
            var chosen = ComputeDevice.Choose(parsed.GetValue(device)!, parsed.GetValue(precision)!, parsed.GetValue(threads));
            return Run(terminal, parsed.GetValue(path)!, source, options, chosen, parsed.GetValue(json));
        });
        return verb;
    }

    private static int Run(Terminal terminal, string path, IImageSource source, JudgeOptions options, ComputeDevice device, bool json)
    {
        bool showsBar = terminal.Error.Profile.Capabilities.Interactive;
        var lines = new ProgressLines(terminal, "judge");
        JudgeDescription? description = null;
        CountedProgress.Watch(terminal, "training", (int)Math.Min(int.MaxValue, options.Images / options.Batch + 1), counted =>
        {
            using Judge judge = Judge.LoadOrTrain(path, source, options, device, progress =>
            {
                counted();
                if (!showsBar)
                    lines.Show(progress.ImagesSeen, progress.Images, progress.Cost);
            }, terminal.Stop);
            description = judge.Description;
        });
        JudgeInspection.Write(terminal, path, description!, json);
        return ExitCode.Ok;
    }
}
