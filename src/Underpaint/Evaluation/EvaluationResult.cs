using Underpaint.Data.Sources;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Evaluation;

/// <summary>How well a model reconstructs a set of images.</summary>
public sealed record EvaluationResult
{
    /// <summary>The images' names, in the source's order; at least one. Images that could not be read are not among them.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What was measured of each way of decoding, in the order asked for.</summary>
    public required IReadOnlyList<DecodingResult> Decodings { get; init; }

    /// <summary>What was measured of the codes.</summary>
    public required IReadOnlyList<Measurement> Codes { get; init; }

    /// <summary>What could not be measured, and why.</summary>
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>Images that could not be read.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }

    /// <summary>Every metric that has a figure, once, in the order in which they are shown.</summary>
    public IReadOnlyList<Metric> Metrics =>
    [
        .. Decodings.SelectMany(decoding => decoding.Figures.Select(figure => figure.Metric))
            .Concat(Codes.SelectMany(code => code.Metrics)).DistinctBy(metric => metric.Key),
    ];

    /// <summary>What each metric is, once for those that share it, and what the intervals are.</summary>
    public IReadOnlyList<string> Definitions => [.. Metrics.Select(metric => metric.Definition).Distinct(), BootstrapInterval.Definition];
}
