using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Evaluation.Comparisons;

/// <summary>One metric of two runs on the same images.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Interval">The run's figure less the other's, and the interval of that; null for the distance of whole sets.</param>
/// <param name="Value">The run's figure less the other's.</param>
/// <param name="Verdict">Whether the run is better than the other, as far as these images can tell.</param>
public sealed record Difference(Metric Metric, double Value, BootstrapInterval? Interval, Verdict Verdict)
{
    // Of fewer, all differ in the same direction by luck alone more often than once in twenty times: 2 · 2⁻ⁿ.
    private const int FewestImages = 6;

    /// <summary>Compares what one measure found of two runs. Of fewer than six images the verdict is always unclear.</summary>
    /// <param name="key">The key of a metric that both have.</param>
    /// <param name="run">One run's, for each image.</param>
    /// <param name="other">The other's, for the same images in the same order.</param>
    /// <exception cref="ArgumentException">The counts of images differ, or one has no such metric.</exception>
    public static Difference Between(string key, Measurement run, Measurement other)
    {
        if (run.Vectors.Count != other.Vectors.Count)
            throw new ArgumentException($"{run.Vectors.Count} images cannot be paired with {other.Vectors.Count}.", nameof(other));
        // Each reads its own vectors: those of larger images have more bands, and a band has another place in them.
        if ((run.Find(key), other.Find(key)) is not ({ } metric, { } otherMetric))
            throw new ArgumentException($"One of the two has no {key}.", nameof(key));
        int length = run.Vectors[0].Length;
        var pairs = new ResampledMeans([.. run.Vectors.Zip(other.Vectors, (a, b) => (double[])[.. a, .. b])]);
        BootstrapInterval difference = pairs.IntervalOf(means => metric.FromMeans(means[..length]) - otherMetric.FromMeans(means[length..]));
        BootstrapInterval merit = pairs.IntervalOf(means =>
            metric.MeritOf(metric.FromMeans(means[..length])) - metric.MeritOf(otherMetric.FromMeans(means[length..])));
        return new(metric, difference.Mean, difference, merit switch
        {
            _ when run.Vectors.Count < FewestImages => Verdict.Unclear,
            { Low: > 0 } => Verdict.Better,
            { High: < 0 } => Verdict.Worse,
            _ => Verdict.Unclear,
        });
    }

    /// <summary>Compares two figures that have no intervals, so that nothing tells luck from merit.</summary>
    /// <param name="run">One run's.</param>
    /// <param name="other">The other's.</param>
    public static Difference Between(Figure run, Figure other) => new(run.Metric, run.Value - other.Value, null, Verdict.Unclear);
}
