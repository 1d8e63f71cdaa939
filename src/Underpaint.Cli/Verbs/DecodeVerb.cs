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
        var shard = Parameters.Shard("Decode only this share, such as 2/4; all shares may go into one folder");
        var seed = Parameters.Seed();
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var verb = new Verb("decode",
            "Decodes the codes of a file into pictures; from their stochastic codes where it has them, else from noise. "
            + "The same command again goes on where an interrupted one stopped.",
            "underpaint decode runs/0001-two-phase photos.safetensors --out pictures")
        {
            model, files, folder, decoding.Steps, decoding.Solver, decoding.Grid, seed, shard, device, precision,
        };
        verb.SetAction(parsed =>
        {
            using ICodeSource codes = CodeFile.OpenAll(parsed.GetValue(files)!);
            using var loaded = DiffusionAutoencoder.Load(parsed.GetValue(model)!, parsed.GetValue(device)!, parsed.GetValue(precision)!);
            codes.Origin.Check(loaded, codes.Path);
            var pictures = new DecodedFolder(parsed.GetValue(folder)!, Shard.Parse(parsed.GetValue(shard)!));
            return Run(terminal, loaded, codes, pictures, decoding.OptionsIn(parsed, parsed.GetValue(seed)));
        });
        return verb;
    }

    private static int Run(Terminal terminal, DiffusionAutoencoder model, ICodeSource codes, DecodedFolder folder, DecodingOptions options)
    {
        int count = folder.CountOf(codes);
        try
        {
            CountedProgress.Watch(terminal, "decoding", count, (Action<int> advance) => folder.Fill(model, codes, options, advance, terminal.Stop), () => folder.Found);
        }
        catch (OperationCanceledException)
        {
            terminal.WriteError($"Stopped after {Wording.Progress(folder.Count, count)}. Give the same command again to go on.");
            return ExitCode.Failed;
        }
        terminal.WriteLine($"{Wording.Images(folder.Count)} decoded in {Wording.Steps(options.Steps)}. Side by side:");
        foreach (string sheet in folder.Sheets)
            terminal.WriteLine(sheet);
        return ExitCode.Ok;
    }
}
