using Underpaint.Diffusion;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Evaluation.Comparisons;

/// <summary>Runs side by side at the same images and the same noise. The first run is the one that the others are compared with.</summary>
public sealed class Comparison
{
    private readonly Dictionary<(ComparedRun, ComparedRun, Decoding, Decoding, string), Difference?> _differences = [];

    /// <summary>The runs; at least one.</summary>
    public required IReadOnlyList<ComparedRun> Runs { get; init; }

    /// <summary>Runs that could not be compared, and why.</summary>
    public IReadOnlyList<LeftOut> Missing { get; init; } = [];

    /// <summary>Where the images come from.</summary>
    public required string Data { get; init; }

    /// <summary>Seed of the noise.</summary>
    public long Seed { get; init; }

    /// <summary>What speaks against taking the figures at their face value, as full sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The images whose reconstructions are shown, as the first run sees them.</summary>
    public IReadOnlyList<ShownImage> Shown => Runs[0].Shown;

    /// <summary>How many images were judged.</summary>
    public int Images => Runs[0].Result.Names.Count;

    /// <summary>The ways of decoding that every run has, in the order asked for.</summary>
    public IReadOnlyList<Decoding> Decodings =>
        [.. Runs[0].Result.Decodings.Select(result => result.Decoding).Where(decoding => Runs.All(run => run.Find(decoding) is not null))];

    /// <summary>The way of decoding that is looked at first: the standard, or what is nearest to it; of two as near, that with more steps; the structure image where there is nothing else.</summary>
    public Decoding Lead => Decodings
        .OrderBy(decoding => decoding.Kind == ReconstructionKind.InvertedStochasticCode)
        .ThenBy(decoding => decoding.Kind == ReconstructionKind.StructureImage)
        .ThenBy(decoding => (decoding.Solver, decoding.Grid) != (StandardDecoding.Solver, StandardDecoding.Grid))
        .ThenBy(decoding => Math.Max((double)decoding.Steps / StandardDecoding.Steps, (double)StandardDecoding.Steps / decoding.Steps))
        .ThenByDescending(decoding => decoding.Steps).First();

    /// <summary>The leading way of decoding, to be said after "in": "20 steps", "one network call".</summary>
    public string LeadInWords => Lead.Kind == ReconstructionKind.StructureImage ? "one network call" : Lead.Name;

    /// <summary>The ways of decoding that differ from the leading one in their steps only, from the structure image to the most steps.</summary>
    public IReadOnlyList<Decoding> BySteps =>
    [
        .. Decodings.Where(decoding => decoding.Kind == ReconstructionKind.StructureImage
            || decoding with { Steps = Lead.Steps } == Lead).OrderBy(decoding => decoding.Steps),
    ];

    /// <summary>Every metric of any run, once, in the order in which they are shown.</summary>
    public IReadOnlyList<Metric> Metrics => [.. Runs.SelectMany(run => run.Result.Metrics).DistinctBy(metric => metric.Key)];

    /// <summary>What each metric is, once for those that share it, and what the intervals are.</summary>
    public IReadOnlyList<string> Definitions =>
        [.. Runs.SelectMany(run => run.Result.Definitions).Append(NoiseErrors.Definition).Distinct()];

    /// <summary>One run less another in the same way of decoding.</summary>
    /// <param name="run">The run.</param>
    /// <param name="other">The run that is subtracted.</param>
    /// <param name="decoding">The way of decoding.</param>
    /// <param name="key">The metric's key.</param>
    /// <returns>The difference; null where one of them has no such figure, or not of the same images.</returns>
    public Difference? Between(ComparedRun run, ComparedRun other, Decoding decoding, string key) => Between(run, decoding, other, decoding, key);

    /// <summary>One run less another, each in a way of decoding of its own.</summary>
    /// <param name="run">The run.</param>
    /// <param name="decoding">Its way of decoding.</param>
    /// <param name="other">The run that is subtracted.</param>
    /// <param name="otherDecoding">That one's way of decoding.</param>
    /// <param name="key">The metric's key.</param>
    /// <returns>The difference; null where one of them has no such figure, or not of the same images.</returns>
    public Difference? Between(ComparedRun run, Decoding decoding, ComparedRun other, Decoding otherDecoding, string key)
    {
        if (!_differences.TryGetValue((run, other, decoding, otherDecoding, key), out Difference? difference))
        {
            difference = _differences[(run, other, decoding, otherDecoding, key)] =
                run.HasImagesOf(other) ? Compare(run.Find(decoding), other.Find(otherDecoding), key) : null;
        }
        return difference;
    }

    /// <summary>One run's codes less another's.</summary>
    /// <param name="run">The run.</param>
    /// <param name="other">The run that is subtracted.</param>
    /// <param name="key">The metric's key.</param>
    /// <returns>The difference; null where one of them has no such figure, or not of the same images.</returns>
    public static Difference? CodesBetween(ComparedRun run, ComparedRun other, string key) =>
        MeasurementOf(run.Result.Codes, key) is { } code && MeasurementOf(other.Result.Codes, key) is { } otherCode
        && run.HasImagesOf(other) && code.Vectors.Count == otherCode.Vectors.Count
            ? Difference.Between(key, code, otherCode)
            : null;

    /// <summary>Refuses to compare runs whose figures do not mean the same.</summary>
    /// <exception cref="UnderpaintException">Two runs were measured by different versions or definitions of a metric.</exception>
    public void RequireSameVersions()
    {
        foreach (Metric metric in Metrics)
        {
            if (Runs.FirstOrDefault(run => run.Result.Metrics.Any(other => other.Key == metric.Key && (other.Version, other.Definition) != (metric.Version, metric.Definition))) is { } run)
                throw new UnderpaintException($"{metric.Name} of {run.Name} was measured by another version or definition of the metric than that of {Runs[0].Name}.",
                    "Measure both anew, or allow differences.");
        }
    }

    private static Difference? Compare(DecodingResult? run, DecodingResult? other, string key)
    {
        if (run?.Find(key) is not { } figure || other?.Find(key) is not { } otherFigure)
            return null;
        // Images of other sizes have other numbers of scales, and figures of these are not of the same thing.
        if (figure.Metric.Name != otherFigure.Metric.Name)
            return null;
        return MeasurementOf(run.Measurements, key) is { } measurement && MeasurementOf(other.Measurements, key) is { } otherMeasurement
            ? Difference.Between(key, measurement, otherMeasurement)
            : Difference.Between(figure, otherFigure);
    }

    private static Measurement? MeasurementOf(IEnumerable<Measurement> measurements, string key) =>
        measurements.FirstOrDefault(measurement => measurement.Find(key) is not null);
}
