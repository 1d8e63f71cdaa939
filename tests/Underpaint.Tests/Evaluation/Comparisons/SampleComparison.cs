using Underpaint.Data.Images;
using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Comparisons;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Tests.Evaluation.Comparisons;

/// <summary>Comparisons of runs whose pictures are the originals with more or less noise in them.</summary>
internal static class SampleComparison
{
    private const int Images = 24;
    private const int Side = 16;

    public static IReadOnlyList<Decoding> Decodings { get; } = Decoding.All([1, 5, 20], [StandardDecoding.Solver], StandardDecoding.Grid);

    /// <summary>A comparison of runs; each is described by its errors in the structure image, in 5 and in 20 steps.</summary>
    public static Comparison Of(params (string Name, int[] Errors)[] runs) => new()
    {
        Runs = [.. runs.Select((run, i) => Run(run.Name, run.Errors, seed: i))],
        Data = "sample images",
    };

    public static ComparedRun Run(string name, int[] errors, int seed = 0, IReadOnlyList<IImageMeasure>? measures = null)
    {
        PixelImage[] originals = [.. Enumerable.Range(0, Images).Select(i => SampleImages.Noise(Side, i))];
        PixelImage[][] pictures = [.. errors.Select((error, way) => originals.Select((original, i) => Spoilt(original, error, 100 * seed + 10 * way + i)).ToArray())];
        return new()
        {
            Name = name,
            Model = new($"{name}/model.safetensors", Tiny.Recipe, new Underpaint.Training.PhasePlan(Tiny.Recipe).End, 1234, name),
            Result = new()
            {
                Names = [.. originals.Select((_, i) => $"image {i}")],
                Decodings = [.. pictures.Select((made, way) => new DecodingResult(Decodings[way],
                    [.. (measures ?? ImageMeasures.All).Select(measure => new Measurement(measure.Name, measure.MetricsFor(Side, Side), measure.Measure(originals, made)))], []))],
                Codes = [],
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
