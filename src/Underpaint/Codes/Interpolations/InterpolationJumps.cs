using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Codes.Interpolations;

/// <summary>How evenly structure changes between the codes of images, by <see cref="InterpolationSmoothness"/> of pairs of them.</summary>
public sealed class InterpolationJumps : ICodeMeasure
{
    /// <summary>How many pairs are measured where nothing else is said.</summary>
    public const int DefaultPairs = 100;

    private readonly int _pairs;

    /// <summary>Prepares.</summary>
    /// <param name="pairs">How many pairs, at least 1: the first image and the second, the third and the fourth, and so on. Default 100.</param>
    public InterpolationJumps(int pairs = DefaultPairs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 1);
        _pairs = pairs;
        Metrics = MetricsOf(pairs);
    }

    /// <inheritdoc/>
    public string Name => "interpolation";

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The metric.</summary>
    /// <param name="pairs">How many pairs.</param>
    public static IReadOnlyList<Metric> MetricsOf(int pairs) =>
    [
        new()
        {
            Key = "interpolationJump",
            Name = "largest jump",
            Better = Better.Lower,
            Digits = 2,
            Definition = $"Largest jump: between the codes of two images, in {InterpolationSmoothness.DefaultFrames} structure images, the largest change from one to the next over "
                + $"the mean change (root mean squares; 1 is even); over {pairs} pairs of images",
            Version = pairs,
        },
    ];

    /// <inheritdoc/>
    /// <returns>A number for each pair.</returns>
    public IReadOnlyList<double[]> Measure(DiffusionAutoencoder model, IImageSource images, CancellationToken cancellation)
    {
        var jumps = new List<double[]>();
        foreach (int[] pair in Enumerable.Range(0, images.Count).Chunk(2).Where(pair => pair.Length == 2).Take(_pairs))
        {
            cancellation.ThrowIfCancellationRequested();
            if (PixelBatch.LoadReadable(images, pair, model.Recipe.Data, []) is not { Count: 2 } batch)
                continue;
            using ImageBatch two = ImageBatch.From(batch);
            using CodeBatch codes = model.Encode(two);
            float[] both = codes.Tensor.ToArray();
            jumps.Add([InterpolationSmoothness.Between(model, both[..model.CodeSize], both[model.CodeSize..])]);
        }
        return jumps.Count > 0 ? jumps : throw new UnderpaintException($"{images.Description} has no two images that can be read.", "Give at least two images.");
    }
}
