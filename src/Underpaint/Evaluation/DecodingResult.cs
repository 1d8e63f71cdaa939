using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Evaluation;

/// <summary>How well one way of decoding gives a set of images back.</summary>
public sealed class DecodingResult
{
    private readonly Lazy<IReadOnlyList<Figure>> _figures;

    /// <summary>Keeps what was measured.</summary>
    /// <param name="decoding">The way of decoding.</param>
    /// <param name="measurements">What was found of single images; at least one.</param>
    /// <param name="distances">The distances of whole sets; may be empty.</param>
    public DecodingResult(Decoding decoding, IReadOnlyList<Measurement> measurements, IReadOnlyList<Figure> distances)
    {
        (Decoding, Measurements, Distances) = (decoding, measurements, distances);
        _figures = new(() => [.. measurements.SelectMany(measurement => measurement.Figures), .. distances]);
    }

    /// <summary>The way of decoding.</summary>
    public Decoding Decoding { get; }

    /// <summary>What was found of single images.</summary>
    public IReadOnlyList<Measurement> Measurements { get; }

    /// <summary>The distances of whole sets.</summary>
    public IReadOnlyList<Figure> Distances { get; }

    /// <summary>All figures, in the order in which they are shown.</summary>
    public IReadOnlyList<Figure> Figures => _figures.Value;

    /// <summary>The figure of a metric; null where it was left out.</summary>
    /// <param name="key">The metric's key, such as "psnr".</param>
    public Figure? Find(string key) => Figures.FirstOrDefault(figure => figure.Metric.Key == key);

    /// <summary>Every metric that has figures of single images, with the figure of one image.</summary>
    /// <param name="image">The image's place.</param>
    public IEnumerable<(Metric Metric, double Value)> OfImage(int image) => Measurements.SelectMany(measurement =>
        measurement.Metrics.Select(metric => (metric, measurement.Of(metric, image))));
}
