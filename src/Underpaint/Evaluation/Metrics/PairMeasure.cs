using Underpaint.Data.Images;

namespace Underpaint.Evaluation.Metrics;

/// <summary>A measure that is a function of one image and its reconstruction; a batch is spread over all cores.</summary>
/// <param name="name">See <see cref="IImageMeasure.Name"/>.</param>
/// <param name="smallestSide">See <see cref="IImageMeasure.SmallestSide"/>.</param>
/// <param name="metricsFor">See <see cref="IImageMeasure.MetricsFor"/>.</param>
/// <param name="compare">The vector of a pair; may be called from several threads.</param>
public sealed class PairMeasure(
    string name, int smallestSide, Func<int, int, IReadOnlyList<Metric>> metricsFor, Func<PixelImage, PixelImage, double[]> compare)
    : IImageMeasure
{
    /// <summary>A measure of one number that is a metric itself.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="smallestSide">Width and height of the smallest image, in pixels.</param>
    /// <param name="compare">The figure of a pair.</param>
    public PairMeasure(Metric metric, int smallestSide, Func<PixelImage, PixelImage, double> compare)
        : this(metric.Name, smallestSide, (_, _) => [metric], (original, picture) => [compare(original, picture)])
    {
    }

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public int SmallestSide => smallestSide;

    /// <inheritdoc/>
    public IReadOnlyList<Metric> MetricsFor(int width, int height) => metricsFor(width, height);

    /// <inheritdoc/>
    public IReadOnlyList<double[]> Measure(IReadOnlyList<PixelImage> originals, IReadOnlyList<PixelImage> pictures)
    {
        var vectors = new double[originals.Count][];
        _ = Parallel.For(0, vectors.Length, i => vectors[i] = compare(originals[i], pictures[i]));
        return vectors;
    }
}
