using System.CommandLine;
using Underpaint.Cli.Progress;
using Underpaint.Codes;
using Underpaint.Codes.Files;
using Underpaint.Codes.Latents;
using Underpaint.Data;
using Underpaint.Evaluation;
using Underpaint.Reports;

namespace Underpaint.Cli.Verbs;

/// <summary><c>sample</c>: new images from nothing.</summary>
internal static class SampleVerb
{
    public static Verb Create(Terminal terminal)
    {
        var model = Parameters.Model();
        var latent = new Option<string?>("--latent") { Description = "The latent model's file, from `underpaint train-codes`", HelpName = "FILE" };
        var gaussian = new Option<bool>("--gaussian") { Description = "Draw codes from a Gaussian fitted to --codes instead: the simple way, to compare with" };
        var files = new Option<string[]>("--codes")
        {
            Description = "The code files that were learnt from: the nearest of them stand beside each new image",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var data = new Option<string?>("--data") { Description = "The images of these codes, to be shown instead of what their codes decode to", HelpName = "PATH" };
        var folder = new Option<string>("--out") { Description = "Where the pictures go", HelpName = "DIR", Required = true };
        var count = Parameters.SampleCount();
        var neighbors = Parameters.Neighbors();
        var latentSteps = Parameters.LatentSteps();
        var steps = Parameters.Steps();
        var solver = Parameters.Solver();
        var grid = Parameters.Grid();
        var seed = Parameters.Seed();
        seed.Description = "Seed of the codes and of the noise that decoding starts from; image i depends on (seed, i) only";
        var json = Parameters.Json();
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var verb = new Verb("sample",
            "Makes new images from nothing: a latent model makes codes, which are decoded. With --codes the nearest known images stand beside, so that copying is seen.",
            "underpaint sample runs/0001-two-phase --latent photos-latent.safetensors --codes photos.safetensors --out new")
        {
            model, latent, gaussian, files, data, folder, count, neighbors, latentSteps, steps, solver, grid, seed, json, device, precision,
        };
        verb.SetAction(parsed =>
        {
            string[] codeFiles = parsed.GetValue(files) ?? [];
            Check(parsed.GetValue(latent), parsed.GetValue(gaussian), codeFiles, parsed.GetValue(data));
            var options = new DecodingOptions
            {
                Steps = parsed.GetValue(steps),
                Solver = DecodingWords.Solvers[parsed.GetValue(solver)!],
                Grid = DecodingWords.Grids[parsed.GetValue(grid)!],
                Seed = parsed.GetValue(seed),
            };
            using var loaded = DiffusionAutoencoder.Load(parsed.GetValue(model)!, parsed.GetValue(device)!, parsed.GetValue(precision)!);
            CodeTable? table = codeFiles.Length > 0 ? LoadCodes(codeFiles) : null;
            using LatentModel? learnt = parsed.GetValue(latent) is { } file ? LatentModel.Load(file, parsed.GetValue(device)!, parsed.GetValue(latentSteps)) : null;
            using IImageSource? source = parsed.GetValue(data) is { } path ? ImageSources.Open(path) : null;
            ICodeSampler sampler = learnt is not null ? learnt : GaussianCodes.Fit(table!);
            KnownImages? known = table is not null && parsed.GetValue(neighbors) > 0 ? new(loaded, table, source, options) : null;
            IEnumerable<SampledImage> samples = ImageSampler.Run(loaded, sampler, parsed.GetValue(count), options, terminal.Stop);
            var pictures = new SampleFolder(parsed.GetValue(folder)!);
            return Run(terminal, samples, parsed.GetValue(count), known, parsed.GetValue(neighbors), pictures, parsed.GetValue(json));
        });
        return verb;
    }

    private static void Check(string? latent, bool gaussian, string[] codes, string? data)
    {
        if (latent is null == !gaussian)
            throw new UnderpaintException("New codes come either from a latent model or from a Gaussian.", "Give --latent FILE or --gaussian, and not both.");
        if (codes.Length == 0 && (gaussian || data is not null))
            throw new UnderpaintException(gaussian ? "A Gaussian has to be fitted to codes." : "Known images are found by their codes.",
                "Give the code files with --codes.");
    }

    private static CodeTable LoadCodes(string[] files)
    {
        using ICodeSource codes = CodeFile.OpenAll(files);
        return CodeTable.Load(codes);
    }

    private static int Run(Terminal terminal, IEnumerable<SampledImage> samples, int count, KnownImages? known, int neighbors, SampleFolder folder, bool json)
    {
        var nearest = new List<IReadOnlyList<KnownImage>>();
        CountedProgress.Watch(terminal, "sampling", count, (Action counted) =>
        {
            foreach (SampledImage sample in samples)
            {
                nearest.Add(known?.Nearest(sample.Code, neighbors) ?? []);
                folder.Add(sample, nearest[^1]);
                counted();
            }
        });
        folder.Finish();
        double? usual = known?.UsualDistance(), middle = known is null ? null : nearest.Select(row => row[0].Distance).Order().ElementAt(count / 2);
        if (json)
            WriteJson(terminal, nearest, middle, usual, folder);
        else
            WriteText(terminal, count, middle, usual, folder);
        return ExitCode.Ok;
    }

    private static void WriteText(Terminal terminal, int count, double? middle, double? usual, SampleFolder folder)
    {
        terminal.WriteLine($"{Wording.Images(count)} made.");
        if (middle is not null)
            terminal.WriteLine(FormattableString.Invariant(
                $"Median distance to the nearest known code: {middle:0.00}; of known codes to each other: {usual:0.00}. Much smaller means copies."));
        terminal.WriteLine("Side by side:");
        foreach (string sheet in folder.Sheets)
            terminal.WriteLine(sheet);
    }

    private static void WriteJson(Terminal terminal, List<IReadOnlyList<KnownImage>> nearest, double? middle, double? usual, SampleFolder folder) =>
        terminal.WriteJson(new
        {
            Images = nearest.Count,
            MedianDistance = middle,
            UsualDistance = usual,
            Nearest = nearest.Select(row => row.Select(image => new { image.File, image.Distance })),
            folder.Sheets,
        });
}
