using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Evaluation;

/// <summary>What one measure found of every image, and the figures that are made of it.</summary>
public sealed class Measurement
{
    private readonly Lazy<ResampledMeans> _means;

    /// <summary>Keeps what was found.</summary>
    /// <param name="measure">The measure's name.</param>
    /// <param name="metrics">The metrics made of it.</param>
    /// <param name="vectors">A vector for each image, at least one.</param>
    public Measurement(string measure, IReadOnlyList<Metric> metrics, IReadOnlyList<double[]> vectors)
    {
        (Measure, Metrics, Vectors) = (measure, metrics, vectors);
        _means = new(() => new ResampledMeans(vectors));
    }

    /// <summary>The measure's name.</summary>
    public string Measure { get; }

    /// <summary>The metrics made of it.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>A vector for each image.</summary>
    public IReadOnlyList<double[]> Vectors { get; }

    /// <summary>The figures of all images together.</summary>
    public IEnumerable<Figure> Figures => Metrics.Select(metric =>
    {
        BootstrapInterval interval = _means.Value.IntervalOf(metric.FromMeans);
        return new Figure(metric, interval.Mean, interval);
    });

    /// <summary>The metric with this key; null where there is none.</summary>
    /// <param name="key">The metric's key, such as "psnr".</param>
    public Metric? Find(string key) => Metrics.FirstOrDefault(metric => metric.Key == key);

    /// <summary>The mean of the vectors.</summary>
    internal double[] Mean => _means.Value.Mean;

    /// <summary>The figure of one image.</summary>
    /// <param name="metric">One of <see cref="Metrics"/>.</param>
    /// <param name="image">The image's place.</param>
    public double Of(Metric metric, int image) => metric.FromMeans(Vectors[image]);
}
