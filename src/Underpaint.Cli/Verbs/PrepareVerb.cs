using System.CommandLine;
using Underpaint.Cli.Progress;
using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Exchange;
using Underpaint.Storage;

namespace Underpaint.Cli.Verbs;

/// <summary><c>prepare</c>: any set of images as an archive that is read fastest.</summary>
internal static class PrepareVerb
{
    private const string Extension = ".zip";

    public static Verb Create(Terminal terminal)
    {
        var source = new Argument<string>("SOURCE") { Description = Parameters.ImagesDescription };
        var file = new Option<string>("--out") { Description = "The zip archive to write", HelpName = "FILE.zip", Required = true };
        var size = Parameters.PreparedSize();
        var json = Parameters.Json();
        var verb = new Verb("prepare",
            "Writes any images into one stored zip archive with their classes, which training reads fastest, and says what it left out and why. Files stay as they are, unless they are resized.",
            "underpaint prepare data/train --out photos.zip")
        {
            source, file, size, json,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(file) is { } path && !path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
                result.AddError($"--out must end in {Extension}.");
        });
        verb.SetAction(parsed => Run(terminal, parsed.GetValue(source)!, parsed.GetValue(file)!, parsed.GetValue(size), parsed.GetValue(json)));
        return verb;
    }

    private static int Run(Terminal terminal, string path, string file, int? size, bool json)
    {
        OutputFile.CheckIsNone(file, path);
        using IImageSource source = ImageSources.Open(path);
        ExportedDataset? exported = null;
        int done = 0;
        try
        {
            CountedProgress.Watch(terminal, "preparing", source.Count, (Action<int> advance) =>
                exported = DatasetExport.Zip(source, file, new() { Size = size }, images =>
                {
                    advance(images - done);
                    done = images;
                }, terminal.Stop));
        }
        catch (OperationCanceledException)
        {
            terminal.WriteError($"Stopped after {Wording.Progress(done, source.Count)}. Nothing was written; give the same command again to start over.");
            return ExitCode.Failed;
        }
        if (json)
            terminal.WriteJson(exported!);
        else
            Write(terminal, exported!);
        return ExitCode.Ok;
    }

    private static void Write(Terminal terminal, ExportedDataset exported)
    {
        var list = new SkippedList(terminal);
        foreach (SkippedImage image in exported.Dropped)
            list.Add(image);
        if (exported.Dropped.Count > 0)
            terminal.WriteError($"{Wording.Images(exported.Dropped.Count)} left out.");
        if (exported.Renamed > 0)
            terminal.WriteError($"{Wording.Images(exported.Renamed)} renamed: names in an archive are short, relative and not hidden.");
        if (exported.WithoutClass > 0)
            terminal.WriteError($"Classes were not written: {Wording.Images(exported.WithoutClass)} have none.");
        string classes = exported.Classes > 0 ? $", {Wording.Count(exported.Classes)} classes" : "";
        terminal.WriteLine($"{Wording.Images(exported.Images)}{classes} in {exported.Path} ({Wording.Bytes(exported.Bytes)})");
    }
}
