using System.Text.Json.Nodes;

namespace Underpaint.Evaluation.Comparisons;

/// <summary>A comparison as JSON: every run's figures, and the differences to the first.</summary>
public static class ComparisonJson
{
    /// <summary>Writes it down.</summary>
    /// <param name="comparison">The comparison.</param>
    public static JsonObject Of(Comparison comparison) => new()
    {
        ["data"] = comparison.Data,
        ["images"] = comparison.Images,
        ["seed"] = comparison.Seed,
        ["notes"] = new JsonArray([.. comparison.Notes.Select(note => JsonValue.Create(note))]),
        ["missing"] = new JsonArray([.. comparison.Missing.Select(run => new JsonObject { ["name"] = run.Name, ["reason"] = run.Reason })]),
        ["runs"] = new JsonArray([.. comparison.Runs.Select(Of)]),
        ["differences"] = new JsonArray([.. Differences(comparison)]),
    };

    private static JsonObject Of(ComparedRun run)
    {
        var json = new JsonObject
        {
            ["name"] = run.Name,
            ["recipe"] = run.Recipe.Name,
            ["trainingSeed"] = run.Recipe.Seed,
            ["imagesSeen"] = run.Model.ImagesSeen,
            ["weights"] = run.Model.Weights,
            ["checksum"] = run.Model.Checksum,
        };
        foreach (var (key, value) in EvaluationJson.Of(run.Result))
            json[key] = value?.DeepClone();
        json["noiseErrors"] = new JsonArray([.. run.NoiseErrors.Select(level => new JsonObject
        {
            ["share"] = level.Share,
            ["value"] = level.Error.Mean,
            ["low"] = level.Error.Low,
            ["high"] = level.Error.High,
        })]);
        return json;
    }

    // Those of the codes come last, and have no way of decoding.
    private static IEnumerable<JsonNode> Differences(Comparison comparison) =>
        from run in comparison.Runs.Skip(1)
        from decoding in comparison.Decodings.Append<Decoding?>(null)
        from metric in comparison.Metrics
        let difference = decoding is null
            ? Comparison.CodesBetween(run, comparison.Runs[0], metric.Key)
            : comparison.Between(run, comparison.Runs[0], decoding, metric.Key)
        where difference is not null
        select new JsonObject
        {
            ["run"] = run.Name,
            ["lessRun"] = comparison.Runs[0].Name,
            ["decoding"] = decoding?.Name,
            ["metric"] = metric.Key,
            ["value"] = difference.Value,
            ["low"] = difference.Interval?.Low,
            ["high"] = difference.Interval?.High,
            ["verdict"] = difference.Verdict.ToString().ToLowerInvariant(),
        };
}
