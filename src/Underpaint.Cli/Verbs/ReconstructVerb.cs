using System.CommandLine;
using Underpaint.Cli.Progress;
using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Evaluation;
using Underpaint.Reports;

namespace Underpaint.Cli.Verbs;

/// <summary><c>reconstruct</c>: images in, pictures out.</summary>
internal static class ReconstructVerb
{
    public static Verb Create(Terminal terminal)
    {
        var model = Parameters.Model();
        var images = Parameters.Images();
        var folder = new Option<string>("--out") { Description = "Where the pictures go", HelpName = "DIR", Required = true };
        var decoding = new DecodingParameters();
        var exact = Parameters.Exact();
        var seed = Parameters.Seed();
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var verb = new Verb("reconstruct",
            "Reconstructs images, and shows original, structure image, reconstruction and error side by side.",
            "underpaint reconstruct runs/0001-two-phase photo.jpg more-photos --out pictures")
        {
            model, images, folder, decoding.Steps, decoding.Solver, decoding.Grid, exact, seed, device, precision,
        };
        verb.SetAction(parsed =>
        {
            using IImageSource source = ImageSources.OpenAll(parsed.GetValue(images)!);
            using var loaded = DiffusionAutoencoder.Load(parsed.GetValue(model)!, parsed.GetValue(device)!, parsed.GetValue(precision)!);
            ReconstructionKind kind = parsed.GetValue(exact) ? ReconstructionKind.InvertedStochasticCode : ReconstructionKind.RandomStochasticCode;
            return Run(terminal, loaded, source, new ReconstructionFolder(parsed.GetValue(folder)!), decoding.DecodingIn(parsed, kind), parsed.GetValue(seed));
        });
        return verb;
    }

    private static int Run(
        Terminal terminal, DiffusionAutoencoder model, IImageSource source, ReconstructionFolder folder,
        Decoding decoding, long seed)
    {
        var skipped = new List<SkippedImage>();
        CountedProgress.Watch(terminal, "reconstructing", source.Count, counted =>
        {
            foreach (Reconstruction reconstruction in Reconstructor.RunOne(model, source, decoding, skipped, seed, terminal.Stop))
            {
                folder.Add(reconstruction);
                counted();
            }
        });
        folder.Finish();
        SkippedList.Write(terminal, skipped);
        terminal.WriteLine($"{Wording.Images(folder.Count)} reconstructed in {decoding.Name}. Side by side:");
        foreach (string sheet in folder.Sheets)
            terminal.WriteLine(sheet);
        return ExitCode.Ok;
    }
}
