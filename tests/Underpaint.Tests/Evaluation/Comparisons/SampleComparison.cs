using Underpaint.Data.Images;
using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Comparisons;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Tests.Evaluation.Comparisons;

/// <summary>Comparisons of runs whose pictures are the originals with more or less noise in them, and whose codes tell more or less.</summary>
internal static class SampleComparison
{
    private const int Images = 24;
    private const int Side = 16;

    private static readonly Metric[] OfCodes =
    [
        new() { Key = "probe", Name = "probe", Definition = "P: share of the images that a probe tells", Better = Better.Higher },
        new() { Key = "neighbors", Name = "neighbours", Definition = "N: share of the images that neighbours tell", Better = Better.Higher, FromMeans = means => means[1] },
    ];

    /// <summary>A distance of sets that leads a comparison, though it has no interval.</summary>
    public static Metric Distance { get; } = new() { Key = "distance", Name = "FD", Aspect = "likeness of the sets", Definition = "FD: of sets", Better = Better.Lower };

    public static IReadOnlyList<Decoding> Decodings { get; } = Decoding.All([1, 5, 20], [StandardDecoding.Solver], StandardDecoding.Grid);

    /// <summary>A comparison of runs; each is described by its errors in the structure image, in 5 and in 20 steps.</summary>
    public static Comparison Of(params (string Name, int[] Errors)[] runs) => new()
    {
        Runs = [.. runs.Select((run, i) => Run(run.Name, run.Errors, seed: i))],
        Data = "sample images",
    };

    /// <summary>One run.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="errors">Its errors in the structure image, in 5 and in 20 steps.</param>
    /// <param name="seed">Where the errors lie. Of every seed more, the codes' neighbours tell an image more.</param>
    /// <param name="measures">By what it is measured; null for all.</param>
    /// <param name="side">The images' width and height.</param>
    /// <param name="images">How many images it could read, from the first.</param>
    /// <param name="distance">The distance of its pictures as a set, on someone's features; null for none.</param>
    /// <param name="decodings">How the pictures were decoded; null for <see cref="Decodings"/>.</param>
    public static ComparedRun Run(string name, int[] errors, int seed = 0, IReadOnlyList<IImageMeasure>? measures = null,
        int side = Side, int images = Images, double? distance = null, IReadOnlyList<Decoding>? decodings = null)
    {
        PixelImage[] originals = [.. Enumerable.Range(0, images).Select(i => SampleImages.Noise(side, i))];
        Figure[] distances = distance is { } value ? [new(Distance, value, Interval: null)] : [];
        PixelImage[][] pictures = [.. errors.Select((error, way) => originals.Select((original, i) => Spoilt(original, error, 100 * seed + 10 * way + i)).ToArray())];
        return new()
        {
            Name = name,
            Model = new($"{name}/model.safetensors", Tiny.Recipe, new Underpaint.Training.PhasePlan(Tiny.Recipe).End, 1234, name),
            Result = new()
            {
                Names = [.. originals.Select((_, i) => $"image {i}")],
                Decodings = [.. pictures.Select((made, way) => new DecodingResult((decodings ?? Decodings)[way],
                    [.. (measures ?? ImageMeasures.All).Select(measure => new Measurement(measure.Name, measure.MetricsFor(side, side), measure.Measure(originals, made)))],
                    distances))],
                Codes = [new("codes", OfCodes, [.. originals.Select((_, i) => new double[] { i % 2, i < seed ? 1 : 0 })])],
                LeftOut = [],
                Skipped = [],
            },
            Shown = [new("image 0", originals[0]), new("image 1", originals[1])],
            Pictures = [.. pictures.Select(made => made[..2])],
            NoiseErrors = [new(0.5, new(0.01, 0.009, 0.011)), new(1, new(0.03, 0.02, 0.04))],
        };
    }

    private static PixelImage Spoilt(PixelImage image, int error, int seed)
    {
        var random = new RandomSource(seed, "spoilt image");
        return new(image.Width, image.Height, image.Channels,
            [.. image.Pixels.Select(value => (byte)Math.Clamp(value + (error == 0 ? 0 : random.NextInt(2 * error + 1) - error), 0, 255))]);
    }
}
