using System.Text.Json.Nodes;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Evaluation;

/// <summary>Results as JSON, the same everywhere.</summary>
public static class EvaluationJson
{
    /// <summary>A result without what was found of single images; for that see <see cref="ScoreFile"/>.</summary>
    /// <param name="result">The result.</param>
    public static JsonObject Of(EvaluationResult result) => new()
    {
        ["images"] = result.Names.Count,
        ["decodings"] = new JsonArray([.. result.Decodings.Select(Of)]),
        ["codes"] = Of(result.Codes.SelectMany(code => code.Figures)),
        ["metrics"] = new JsonArray([.. result.Metrics.Select(Of)]),
        ["intervals"] = BootstrapInterval.Definition,
        ["leftOut"] = new JsonArray([.. result.LeftOut.Select(part => new JsonObject { ["name"] = part.Name, ["reason"] = part.Reason })]),
        ["skipped"] = new JsonArray([.. result.Skipped.Select(image => new JsonObject { ["name"] = image.Name, ["reason"] = image.Reason })]),
    };

    /// <summary>A way of decoding: kind, steps, solver and grid.</summary>
    /// <param name="decoding">The way of decoding.</param>
    public static JsonObject Of(Decoding decoding) => new()
    {
        ["name"] = decoding.Name,
        ["kind"] = DecodingWords.Of(decoding.Kind),
        ["steps"] = decoding.Steps,
        ["solver"] = DecodingWords.Of(decoding.Solver),
        ["grid"] = DecodingWords.Of(decoding.Grid),
    };

    /// <summary>A metric: key, name, unit, direction, version and definition.</summary>
    /// <param name="metric">The metric.</param>
    public static JsonObject Of(Metric metric) => new()
    {
        ["key"] = metric.Key,
        ["name"] = metric.Name,
        ["unit"] = metric.Unit,
        ["better"] = metric.Direction,
        ["version"] = metric.Version,
        ["definition"] = metric.Definition,
    };

    private static JsonObject Of(DecodingResult result)
    {
        JsonObject json = Of(result.Decoding);
        json["figures"] = Of(result.Figures);
        return json;
    }

    private static JsonObject Of(IEnumerable<Figure> figures)
    {
        var json = new JsonObject();
        foreach (Figure figure in figures)
            json[figure.Metric.Key] = Of(figure);
        return json;
    }

    private static JsonObject Of(Figure figure) => new()
    {
        ["value"] = figure.Value,
        ["low"] = figure.Interval?.Low,
        ["high"] = figure.Interval?.High,
    };
}
