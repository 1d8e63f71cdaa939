using System.CommandLine;
using Underpaint.Cli.Progress;
using Underpaint.Codes;
using Underpaint.Data;
using Underpaint.Data.Sources;

namespace Underpaint.Cli.Verbs;

/// <summary><c>encode</c>: images to codes on disk.</summary>
internal static class EncodeVerb
{
    public static Verb Create(Terminal terminal)
    {
        var model = Parameters.Model();
        var data = Parameters.Data();
        var file = Parameters.CodeDestination();
        var exact = new Option<bool>("--exact") { Description = "Find each image's stochastic code as well, by inversion" };
        var steps = Parameters.InversionSteps();
        var shard = Parameters.Shard("Encode only this share, such as 2/4; put the shards together with `underpaint join`");
        var limit = Parameters.Limit();
        var json = Parameters.Json();
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var verb = new Verb("encode",
            "Encodes images into a code file. The same command again goes on where an interrupted one stopped.",
            "underpaint encode runs/0001-two-phase --data photos.zip --out photos.safetensors")
        {
            model, data, file, exact, steps, shard, limit, json, device, precision,
        };
        verb.SetAction(parsed =>
        {
            var options = new EncodingOptions
            {
                Limit = parsed.GetValue(limit),
                Shard = Shard.Parse(parsed.GetValue(shard)!),
                InversionSteps = parsed.GetValue(exact) ? parsed.GetValue(steps) : null,
            };
            using IImageSource source = ImageSources.Open(parsed.GetValue(data)!);
            using var loaded = DiffusionAutoencoder.Load(parsed.GetValue(model)!, parsed.GetValue(device)!, parsed.GetValue(precision)!);
            return Run(terminal, loaded, source, parsed.GetValue(file)!, options, parsed.GetValue(json));
        });
        return verb;
    }

    private static int Run(
        Terminal terminal, DiffusionAutoencoder model, IImageSource source, string path, EncodingOptions options, bool json)
    {
        EncodingResult? result = null;
        int count = CodeEncoder.CountOf(source, options), done = 0;
        int? before = null;
        try
        {
            CountedProgress.Watch(terminal, "encoding", count, (Action<int> advance) => result = CodeEncoder.Run(model, source, path, options, images =>
            {
                // What is told first was done by an earlier call.
                before ??= images;
                advance(images - done);
                done = images;
            }, terminal.Stop), () => before ?? 0);
        }
        catch (OperationCanceledException)
        {
            terminal.WriteError($"Stopped after {Wording.Progress(done, count)}. Give the same command again to go on.");
            return ExitCode.Failed;
        }
        Write(terminal, result!, json);
        return ExitCode.Ok;
    }

    private static void Write(Terminal terminal, EncodingResult result, bool json)
    {
        if (json)
        {
            terminal.WriteJson(new { result.Path, Codes = result.Count, result.Unreadable });
            return;
        }
        var list = new SkippedList(terminal);
        foreach (SkippedImage image in result.Skipped)
            list.Add(image);
        SkippedList.WriteCount(terminal, result.Unreadable);
        terminal.WriteLine($"{Wording.Count(result.Count, "code")} in {result.Path}");
    }
}
