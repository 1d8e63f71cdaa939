using System.Text.Json.Nodes;
using Underpaint.Data.Images;
using Underpaint.Diffusion;
using Underpaint.Networks;

namespace Underpaint.Training;

/// <summary>Writes a recipe as JSON with every value spelled out: the same recipe always gives the same bytes.</summary>
public static class RecipeWriter
{
    /// <summary>The recipe as JSON, which <see cref="RecipeReader"/> reads back to the same values.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="RecipeException">The recipe breaks a rule, so that it could not be read back.</exception>
    public static string Write(Recipe recipe)
    {
        RecipeRules.Check(recipe);
        return Print(ToJson(recipe));
    }

    /// <summary>JSON as recipes are written: a line for every value, lists of numbers on one line.</summary>
    internal static string Print(JsonObject json) => Print(json, "\n") + "\n";

    /// <summary>The recipe's model section.</summary>
    internal static JsonObject ToJson(ModelOptions model) => new()
    {
        ["channels"] = model.Channels,
        ["multipliers"] = ToJson(model.Multipliers),
        ["blocks"] = model.Blocks,
        ["attentionAt"] = ToJson(model.AttentionAt),
        ["code"] = model.Code,
        ["encoderMultipliers"] = ToJson(model.EncoderMultipliers),
        ["encoderBlocks"] = model.EncoderBlocks,
        ["timeEmbedding"] = model.TimeEmbedding,
        ["heads"] = model.Heads,
        ["groups"] = model.Groups,
        ["codeSpread"] = model.CodeSpread,
        ["dropout"] = model.Dropout,
    };

    /// <summary>The recipe's start section.</summary>
    internal static JsonObject ToJson(StartOptions start) => new()
    {
        ["model"] = start.Model,
        ["imagesSeen"] = start.ImagesSeen,
        ["sha256"] = start.Sha256,
    };

    /// <summary>A crop, as recipes have it.</summary>
    internal static string WordOf(ImageCrop crop) => crop == ImageCrop.Celeba ? "celeba" : "middle";

    private static JsonObject ToJson(Recipe recipe)
    {
        JsonObject json = ToJsonOfFreshStart(recipe);
        if (recipe.Start is { } start)
            json.Insert(1, "start", ToJson(start));
        return json;
    }

    private static JsonObject ToJsonOfFreshStart(Recipe recipe) => new()
    {
        ["name"] = recipe.Name,
        ["data"] = new JsonObject
        {
            ["size"] = recipe.Data.Size,
            ["flip"] = recipe.Data.Flip,
            ["color"] = recipe.Data.Color == ColorMode.Grey ? "grey" : "rgb",
            ["crop"] = WordOf(recipe.Data.Crop),
        },
        ["model"] = ToJson(recipe.Model),
        ["phases"] = new JsonArray([.. recipe.Phases.Select(ToJson)]),
        ["optimizer"] = ToJson(recipe.Optimizer),
        ["ema"] = ToJson(recipe.Ema),
        ["checkpoint"] = new JsonObject
        {
            ["every"] = recipe.Checkpoint.Every,
            ["keep"] = recipe.Checkpoint.Keep,
            ["milestones"] = new JsonArray([.. recipe.Checkpoint.Milestones.Select(milestone => JsonValue.Create(milestone))]),
        },
        ["validation"] = new JsonObject
        {
            ["every"] = recipe.Validation.Every,
            ["images"] = recipe.Validation.Images,
            ["steps"] = recipe.Validation.Steps,
            ["heldOut"] = recipe.Validation.HeldOut,
        },
        ["seed"] = recipe.Seed,
    };

    private static JsonObject ToJson(Phase phase)
    {
        var json = new JsonObject
        {
            ["name"] = phase.Name,
            ["images"] = phase.Images,
            ["schedule"] = ToJson(phase.Schedule),
            ["predict"] = phase.Predict switch
            {
                Prediction.Noise => "noise",
                Prediction.Velocity => "velocity",
                _ => "image",
            },
            ["weighting"] = phase.Weighting.Kind == "min-snr"
                ? new JsonObject { ["min-snr"] = phase.Weighting.Gamma }
                : phase.Weighting.Kind,
            ["freezeEncoder"] = phase.FreezeEncoder,
            ["rehearsal"] = phase.Rehearsal,
            ["codePenalty"] = phase.CodePenalty == CodePenalty.None
                ? phase.CodePenalty.Kind
                : new JsonObject { [phase.CodePenalty.Kind] = phase.CodePenalty.Weight },
        };
        // Left out it means the optimiser's: a number here would no longer follow a change there.
        if (phase.LearningRate is { } learningRate)
            json["learningRate"] = learningRate;
        if (phase.EncoderLearningRate is { } encoderLearningRate)
            json["encoderLearningRate"] = encoderLearningRate;
        return json;
    }

    private static JsonNode ToJson(NoiseSchedule schedule) => schedule.Kind switch
    {
        ScheduleKind.LinearBeta => "linear-beta",
        ScheduleKind.Cosine => "cosine",
        ScheduleKind.ShiftedCosine => new JsonObject { ["shifted-cosine"] = schedule.Shift },
        _ => "highest-noise",
    };

    /// <summary>The section on the average of the weights.</summary>
    internal static JsonObject ToJson(EmaOptions ema) => new() { ["halfLife"] = ema.HalfLife, ["rampUp"] = ema.RampUp };

    /// <summary>The optimiser's section.</summary>
    internal static JsonObject ToJson(OptimizerOptions optimizer) => new()
    {
        ["learningRate"] = optimizer.LearningRate,
        ["batch"] = optimizer.Batch,
        ["clip"] = optimizer.Clip,
        ["warmup"] = optimizer.Warmup,
        ["weightDecay"] = optimizer.WeightDecay,
        ["beta1"] = optimizer.Beta1,
        ["beta2"] = optimizer.Beta2,
        ["epsilon"] = optimizer.Epsilon,
    };

    private static JsonArray ToJson(IReadOnlyList<int> numbers) => new([.. numbers.Select(number => JsonValue.Create(number))]);

    // The ready-made indenter gives every number of a list a line of its own.
    private static string Print(JsonNode? node, string newLine)
    {
        string inner = newLine + "  ";
        return node switch
        {
            JsonObject { Count: 1 } json => $"{{ {Member(json.First())} }}",
            JsonObject json => Lines('{', json.Select(Member), '}'),
            JsonArray list when list.Any(item => item is JsonObject) => Lines('[', list.Select(item => Print(item, inner)), ']'),
            JsonArray list => $"[{string.Join(", ", list.Select(item => Print(item, inner)))}]",
            _ => node!.ToJsonString(),
        };

        string Member(KeyValuePair<string, JsonNode?> member) => $"\"{member.Key}\": {Print(member.Value, inner)}";
        string Lines(char open, IEnumerable<string> items, char close) =>
            $"{open}{inner}{string.Join("," + inner, items)}{newLine}{close}";
    }
}
