using Underpaint.Evaluation.Metrics;

namespace Underpaint.Experiments;

/// <summary>What the seeds of an arm have in common: the mean of rows that differ in nothing but the seed.</summary>
/// <param name="Rows">The rows, one of each seed.</param>
internal sealed record ExperimentMean(IReadOnlyList<ExperimentRow> Rows)
{
    /// <summary>One of the rows.</summary>
    public ExperimentRow Example => Rows[0];

    /// <summary>The seeds.</summary>
    public IReadOnlyList<long> Seeds => [.. Rows.Select(row => row.Seed)];

    /// <summary>How it was decoded, all said, since defaults change and results stay: "10 steps, dpm++, log-snr".</summary>
    public string Decoding => DecodingOf(Example);

    /// <summary>On what it was to be judged: means that agree in this stand in one table.</summary>
    public (string On, int Limit, long NoiseSeed) Judging => (Example.On, Example.Limit, Example.NoiseSeed);

    /// <summary>The mean of each metric that all rows have in the same version, by its key.</summary>
    public IReadOnlyDictionary<string, SeedMean> Figures => Example.Metrics
        .Where(metric => Rows.All(row => row.Metrics.GetValueOrDefault(metric.Key)?.Version == metric.Value.Version))
        .ToDictionary(metric => metric.Key, metric => SeedMean.Of([.. Rows.Select(row => row.Metrics[metric.Key])]));

    /// <summary>The mean of a metric over those rows that have it in its version; null where none has.</summary>
    /// <param name="metric">The metric.</param>
    public SeedMean? Find(Metric metric) => RowsWith(metric).Select(row => row.Metrics[metric.Key]).ToArray() is { Length: > 0 } figures ? SeedMean.Of(figures) : null;

    /// <summary>The rows that have a metric in its version.</summary>
    /// <param name="metric">The metric.</param>
    public IEnumerable<ExperimentRow> RowsWith(Metric metric) => Rows.Where(row => row.Metrics.GetValueOrDefault(metric.Key)?.Version == metric.Version);

    /// <summary>The means of some rows, in their order.</summary>
    public static IReadOnlyList<ExperimentMean> Of(IEnumerable<ExperimentRow> rows) =>
    [
        // By the number of images asked for: those used may be as many for two numbers, and fewer for one seed than for another.
        .. rows.GroupBy(row => (row.Arm, row.At, row.On, row.Limit, row.NoiseSeed, Decoding: DecodingOf(row))).Select(group => new ExperimentMean([.. group])),
    ];

    /// <summary>On what some means of one <see cref="Judging"/> were judged: "test, 1000 images", or "test, 499–500 of at most 500 images".</summary>
    public static string JudgedOf(IEnumerable<ExperimentMean> means)
    {
        ExperimentRow[] rows = [.. means.SelectMany(mean => mean.Rows)];
        (int fewest, int most, int limit) = (rows.Min(row => row.Images), rows.Max(row => row.Images), rows[0].Limit);
        string used = fewest < most ? $"{fewest}–{most}" : $"{most}";
        string noise = rows[0].NoiseSeed == 0 ? "" : $", noise seed {rows[0].NoiseSeed}";
        return $"{rows[0].On}, {(fewest == limit ? "" : $"{used} of at most ")}{limit} images{noise}";
    }

    private static string DecodingOf(ExperimentRow row) =>
        $"{(row.Steps == 1 ? "1 step" : $"{row.Steps} steps")}, {row.Solver}, {row.Grid}{(row.Codes == "random" ? "" : $", {row.Codes}")}";
}
