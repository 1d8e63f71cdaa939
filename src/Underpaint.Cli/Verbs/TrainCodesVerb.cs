using System.CommandLine;
using Underpaint.Cli.Progress;
using Underpaint.Codes;
using Underpaint.Codes.Files;
using Underpaint.Codes.Latents;
using Underpaint.Machine;
using Underpaint.Runs;

namespace Underpaint.Cli.Verbs;

/// <summary><c>train-codes</c>: trains a latent DPM, which makes new codes.</summary>
internal static class TrainCodesVerb
{
    public static Verb Create(Terminal terminal)
    {
        var files = Parameters.CodeFiles();
        var path = new Option<string>("--out") { Description = "The latent model's file", HelpName = "FILE", Required = true };
        var set = Parameters.Set("Change a value of the training, such as images=500000 or optimizer.learningRate=1e-4");
        var device = Parameters.Device();
        var threads = Parameters.Threads();
        var verb = new Verb("train-codes",
            "Trains a small diffusion model on codes, which `underpaint sample` makes new images with. Ctrl-C saves; the same command goes on, "
            + "and with more images it trains further.",
            "underpaint train-codes photos.safetensors --out photos-latent.safetensors")
        {
            files, path, set, device, threads,
        };
        verb.SetAction(parsed =>
        {
            LatentRecipe recipe = LatentRecipeJson.Override(parsed.GetValue(set) ?? []);
            using ICodeSource codes = CodeFile.OpenAll(parsed.GetValue(files)!);
            var chosen = ComputeDevice.Choose(parsed.GetValue(device)!, "float32", parsed.GetValue(threads));
            using var run = new LatentRun(parsed.GetValue(path)!, CodeTable.Load(codes), recipe, chosen, terminal.Time);
            return Train(terminal, run, codes, parsed.GetValue(path)!);
        });
        return verb;
    }

    private static int Train(Terminal terminal, LatentRun run, ICodeSource codes, string path)
    {
        long start = terminal.Time.GetTimestamp();
        string from = run.StartedAt > 0 ? $", from {Wording.Images(run.StartedAt)} on" : "";
        terminal.WriteLine($"{path}: {Wording.Count(codes.Count, "code")} of {codes.Origin.CodeSize} numbers, of {codes.Origin.Data}{from}.");
        if (!Watch(terminal, run))
        {
            terminal.WriteError($"Stopped after {Wording.Progress(run.ImagesSeen, run.End)}; nothing is lost. Give the same command again to go on.");
            return ExitCode.Failed;
        }
        terminal.WriteLine($"Finished: {Wording.Images(run.ImagesSeen)} seen, {Wording.Duration(terminal.Time.GetElapsedTime(start))}.");
        terminal.WriteLine($"Latent model: {path}");
        terminal.WriteLine($"To train further: {Wording.ToType(LatentRun.FolderOf(path))}; delete it when you don't.");
        return ExitCode.Ok;
    }

    private static bool Watch(Terminal terminal, LatentRun run)
    {
        bool showsBar = terminal.Error.Profile.Capabilities.Interactive, finished = false;
        var lines = new ProgressLines(terminal, "latent model", run.StartedAt);
        long seen = run.StartedAt;
        CountedProgress.Watch(terminal, "training", (int)Math.Min(int.MaxValue, run.End - run.StartedAt), (Action<int> advance) =>
            finished = run.Train(step =>
            {
                advance((int)(step.ImagesSeen - seen));
                seen = step.ImagesSeen;
                if (!showsBar)
                    lines.Show(seen, run.End, step.Loss);
            }, note => terminal.WriteError($"note: {Wording.OneLine(note)}"), terminal.Stop));
        return finished;
    }
}
