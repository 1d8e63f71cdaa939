using System.CommandLine;
using Underpaint.Cli.Progress;
using Underpaint.Codes;
using Underpaint.Codes.Files;
using Underpaint.Reports;

namespace Underpaint.Cli.Verbs;

/// <summary><c>decode</c>: codes on disk to pictures.</summary>
internal static class DecodeVerb
{
    public static Verb Create(Terminal terminal)
    {
        var model = Parameters.Model();
        var files = Parameters.CodeFiles();
        var folder = new Option<string>("--out") { Description = "Where the pictures go", HelpName = "DIR", Required = true };
        var decoding = new DecodingParameters();
        var seed = Parameters.Seed();
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var verb = new Verb("decode",
            "Decodes the codes of a file into pictures; from their stochastic codes where it has them, else from noise.",
            "underpaint decode runs/0001-two-phase photos.safetensors --out pictures")
        {
            model, files, folder, decoding.Steps, decoding.Solver, decoding.Grid, seed, device, precision,
        };
        verb.SetAction(parsed =>
        {
            using ICodeSource codes = CodeFile.OpenAll(parsed.GetValue(files)!);
            using var loaded = DiffusionAutoencoder.Load(parsed.GetValue(model)!, parsed.GetValue(device)!, parsed.GetValue(precision)!);
            codes.Origin.Check(loaded, codes.Path);
            return Run(terminal, loaded, codes, new DecodedFolder(parsed.GetValue(folder)!), decoding.OptionsIn(parsed, parsed.GetValue(seed)));
        });
        return verb;
    }

    private static int Run(Terminal terminal, DiffusionAutoencoder model, ICodeSource codes, DecodedFolder folder, DecodingOptions options)
    {
        CountedProgress.Watch(terminal, "decoding", codes.Count, counted =>
        {
            foreach (DecodedImage decoded in CodeDecoder.Run(model, codes, options, terminal.Stop))
            {
                folder.Add(decoded);
                counted();
            }
        });
        folder.Finish();
        terminal.WriteLine($"{Wording.Images(folder.Count)} decoded in {Wording.Steps(options.Steps)}. Side by side:");
        foreach (string sheet in folder.Sheets)
            terminal.WriteLine(sheet);
        return ExitCode.Ok;
    }
}
