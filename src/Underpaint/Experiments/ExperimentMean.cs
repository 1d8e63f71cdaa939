using Underpaint.Diffusion;
using Underpaint.Evaluation;

namespace Underpaint.Experiments;

/// <summary>What the seeds of an arm have in common: the mean of rows that differ in nothing but the seed.</summary>
/// <param name="Example">One of the rows.</param>
/// <param name="Seeds">The seeds.</param>
/// <param name="Figures">The mean of each metric, by its key.</param>
internal sealed record ExperimentMean(ExperimentRow Example, IReadOnlyList<long> Seeds, IReadOnlyDictionary<string, SeedMean> Figures)
{
    /// <summary>How it was decoded: "20 steps, dpm++".</summary>
    public string Decoding => DecodingOf(Example);

    /// <summary>On what it was judged: "test, 1000 images".</summary>
    public string Judged => JudgedOf(Example);

    /// <summary>The means of some rows, in their order.</summary>
    public static IReadOnlyList<ExperimentMean> Of(IEnumerable<ExperimentRow> rows) =>
    [
        .. rows.GroupBy(row => (row.Arm, row.At, Judged: JudgedOf(row), Decoding: DecodingOf(row), row.NoiseSeed))
            .Select(group => Of([.. group])),
    ];

    private static ExperimentMean Of(ExperimentRow[] rows) => new(rows[0], [.. rows.Select(row => row.Seed)],
        rows[0].Metrics.Keys.Where(key => rows.All(row => row.Metrics.ContainsKey(key)))
            .ToDictionary(key => key, key => SeedMean.Of([.. rows.Select(row => row.Metrics[key])])));

    private static string JudgedOf(ExperimentRow row) => $"{row.On}, {row.Images} images";

    private static string DecodingOf(ExperimentRow row) => string.Join(", ", new[]
    {
        row.Steps == 1 ? "1 step" : $"{row.Steps} steps",
        row.Solver == DecodingWords.Of(StandardDecoding.Solver) ? "" : row.Solver,
        row.Grid == DecodingWords.Of(StandardDecoding.Grid) ? "" : row.Grid,
        row.Codes == "random" ? "" : row.Codes,
    }.Where(word => word != ""));
}
