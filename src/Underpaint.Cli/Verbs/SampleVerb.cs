using System.CommandLine;
using Underpaint.Cli.Progress;
using Underpaint.Codes;
using Underpaint.Codes.Files;
using Underpaint.Codes.Latents;
using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Evaluation.Distances;
using Underpaint.Evaluation.Perceptual;
using Underpaint.Evaluation.Uncertainty;
using Underpaint.Machine;
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
        var data = new Option<string?>("--data")
        {
            Description = "Real images: those of --codes, to be shown instead of what their codes decode to; or those that --judge and --weights compare with",
            HelpName = "PATH",
        };
        var judge = Parameters.Judge();
        judge.Description = "A classifier that `underpaint judge` trained, for a Fréchet distance between new images and as many of --data";
        var weights = Parameters.Weights();
        weights.Description = "A folder with published weight files, for FID between new images and as many of --data";
        var folder = new Option<string>("--out") { Description = "Where the pictures go", HelpName = "DIR", Required = true };
        var count = Parameters.SampleCount();
        var neighbors = Parameters.Neighbors();
        var latentSteps = Parameters.LatentSteps();
        var decoding = new DecodingParameters();
        var seed = Parameters.Seed();
        seed.Description = "Seed of the codes and of the noise that decoding starts from; image i depends on (seed, i) only";
        var json = Parameters.Json();
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var verb = new Verb("sample",
            "Makes new images from nothing: a latent model makes codes, which are decoded. With --codes the nearest known images stand beside, so that copying is seen.",
            "underpaint sample runs/0001-two-phase --latent photos-latent.safetensors --codes photos.safetensors --out new")
        {
            model, latent, gaussian, files, data, judge, weights, folder, count, neighbors, latentSteps, decoding.Steps, decoding.Solver, decoding.Grid, seed, json, device, precision,
        };
        verb.Validators.Add(result =>
        {
            bool isGaussian = result.GetValue(gaussian), hasCodes = result.GetValue(files) is { Length: > 0 };
            bool isCompared = result.GetValue(judge) is not null || result.GetValue(weights) is not null;
            if (isGaussian == result.GetValue(latent) is not null)
                result.AddError("New codes come either from a latent model or from a Gaussian: give --latent FILE or --gaussian, and not both.");
            if (isGaussian && !hasCodes)
                result.AddError("A Gaussian has to be fitted to codes: give the code files with --codes.");
            if (isCompared && result.GetValue(data) is null)
                result.AddError("New images are compared with real ones: name these with --data.");
            if (!isCompared && !hasCodes && result.GetValue(data) is not null)
                result.AddError("Known images are found by their codes: give the code files with --codes.");
        });
        verb.SetAction(parsed =>
        {
            string[] codeFiles = parsed.GetValue(files) ?? [];
            bool compares = parsed.GetValue(judge) is not null || parsed.GetValue(weights) is not null;
            DecodingOptions options = decoding.OptionsIn(parsed, parsed.GetValue(seed));
            using var loaded = DiffusionAutoencoder.Load(parsed.GetValue(model)!, parsed.GetValue(device)!, parsed.GetValue(precision)!);
            using PerceptualMetrics? networks = compares ? LoadNetworks(parsed.GetValue(weights), parsed.GetValue(judge), parsed.GetValue(device)!) : null;
            CodeTable? table = codeFiles.Length > 0 ? LoadCodes(codeFiles) : null;
            using LatentModel? learnt = parsed.GetValue(latent) is { } file ? LatentModel.Load(file, parsed.GetValue(device)!, parsed.GetValue(latentSteps)) : null;
            using IImageSource? source = parsed.GetValue(data) is { } path ? ImageSources.Open(path) : null;
            ICodeSampler sampler = learnt is not null ? learnt : GaussianCodes.Fit(table!);
            KnownImages? known = table is not null && parsed.GetValue(neighbors) > 0 ? Know(loaded, table, source, compares, options) : null;
            IEnumerable<SampledImage> samples = ImageSampler.Run(loaded, sampler, parsed.GetValue(count), options, terminal.Stop);
            var pictures = new SampleFolder(parsed.GetValue(folder)!);
            var distances = networks is null ? null : new SampleDistances(networks.Features);
            List<(string File, double Distance)[]> nearest = Draw(terminal, samples, parsed.GetValue(count), known, parsed.GetValue(neighbors), pictures, distances);
            var compared = distances?.Finish(source!, loaded.Recipe.Data, options.Seed, terminal.Stop);
            Write(terminal, nearest, known?.UsualDistance(), compared, pictures, parsed.GetValue(json));
            return ExitCode.Ok;
        });
        return verb;
    }

    private static PerceptualMetrics LoadNetworks(string? weights, string? judge, string device)
    {
        WeightsFolder folder = WeightsFolder.Open(weights);
        // Who names the folder asks for FID, which is not left out without a word.
        if (weights is not null && folder.MissingForInception() is { } reason)
            throw new UnderpaintException($"There is no FID without its network. {reason}", "Put that file there, or leave --weights out.");
        return PerceptualMetrics.Load(folder, judge, ComputeDevice.Choose(device).Device);
    }

    private static CodeTable LoadCodes(string[] files)
    {
        using ICodeSource codes = CodeFile.OpenAll(files);
        return CodeTable.Load(codes);
    }

    // Images to compare with need not be those of the codes, which then show what they decode to.
    private static KnownImages Know(DiffusionAutoencoder model, CodeTable codes, IImageSource? source, bool compares, DecodingOptions options) =>
        new(model, codes, compares && source!.Fingerprint() != codes.Origin.Fingerprint ? null : source, options);

    private static List<(string File, double Distance)[]> Draw(Terminal terminal, IEnumerable<SampledImage> samples, int count, KnownImages? known, int neighbors,
        SampleFolder folder, SampleDistances? distances)
    {
        // Of many images, the pictures of all neighbours would not fit into memory.
        var nearest = new List<(string File, double Distance)[]>();
        CountedProgress.Watch(terminal, "sampling", count, (Action counted) =>
        {
            foreach (SampledImage sample in samples)
            {
                IReadOnlyList<KnownImage> beside = known?.Nearest(sample.Code, neighbors) ?? [];
                folder.Add(sample, beside);
                nearest.Add([.. beside.Select(image => (image.File, image.Distance))]);
                distances?.Add(sample.Image);
                counted();
            }
        });
        folder.Finish();
        return nearest;
    }

    private static void Write(Terminal terminal, List<(string File, double Distance)[]> nearest, double? usual, (IReadOnlyList<Figure> Figures, int RealImages)? compared,
        SampleFolder folder, bool json)
    {
        double? middle = usual is null ? null : nearest.Select(row => row[0].Distance).Order().ElementAt(nearest.Count / 2);
        if (json)
        {
            terminal.WriteJson(new
            {
                Images = nearest.Count,
                MedianDistance = middle,
                UsualDistance = usual,
                Nearest = nearest.Select(row => row.Select(image => new { image.File, image.Distance })),
                compared?.RealImages,
                Distances = compared?.Figures.Select(figure => new { figure.Metric.Key, figure.Metric.Definition, figure.Value }),
                folder.Sheets,
            });
            return;
        }
        terminal.WriteLine($"{Wording.Images(nearest.Count)} made.");
        if (middle is not null)
            terminal.WriteLine(FormattableString.Invariant(
                $"Median distance to the nearest known code: {middle:0.00}; of known codes to each other: {usual:0.00}. Much smaller means copies."));
        foreach (Figure figure in compared?.Figures ?? [])
            terminal.WriteLine($"{figure.Metric.Name} to {Wording.Images(compared!.Value.RealImages)}: {figure} ({figure.Metric.Direction}).");
        EvaluationTable.WriteDefinitions(terminal, compared?.Figures.Select(figure => figure.Metric.Definition) ?? []);
        terminal.WriteLine("Side by side:");
        foreach (string sheet in folder.Sheets)
            terminal.WriteLine(sheet);
    }
}
