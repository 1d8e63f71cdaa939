using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Uncertainty;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>An experiment's results as JSON: all rows as they are, and what is needed to understand them.</summary>
internal static class ExperimentJson
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // Names keep their letters: nobody puts this text into a web page unescaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON's text.</summary>
    public static string Write(ExperimentResults results)
    {
        Experiment experiment = results.Experiment;
        var json = new JsonObject
        {
            ["experiment"] = experiment.Name,
            ["images"] = experiment.Images,
            ["data"] = JsonSerializer.SerializeToNode(experiment.Data, Format),
            ["metrics"] = new JsonArray([.. results.Metrics.Select(EvaluationJson.Of)]),
            ["leftOut"] = JsonSerializer.SerializeToNode(results.LeftOut, Format),
            ["interval"] = BootstrapInterval.Definition,
            ["recipes"] = new JsonArray([.. results.Recipes.DistinctBy(item => item.Run.Arm).Select(item => JsonNode.Parse(RecipeWriter.Write(item.Recipe)))]),
            ["open"] = new JsonArray([.. results.Open.Select(Of)]),
            ["means"] = new JsonArray([.. ExperimentMean.Of(results.Rows).Select(Of)]),
            ["meansAre"] = SeedMean.Definition,
            ["rows"] = JsonSerializer.SerializeToNode(results.Rows, Format),
        };
        return json.ToJsonString(Format) + "\n";
    }

    private static JsonObject Of(RunResult result) => new()
    {
        ["arm"] = result.Run.Arm.Name,
        ["seed"] = result.Run.Seed,
        ["state"] = RunStates.Word(result.State),
        ["reason"] = result.Reason,
    };

    private static JsonObject Of(ExperimentMean mean) => new()
    {
        ["arm"] = mean.Example.Arm,
        ["at"] = mean.Example.At,
        ["judged"] = ExperimentMean.JudgedOf([mean]),
        ["decoding"] = mean.Decoding,
        ["seeds"] = JsonSerializer.SerializeToNode(mean.Seeds, Format),
        ["metrics"] = JsonSerializer.SerializeToNode(mean.Figures, Format),
    };
}
