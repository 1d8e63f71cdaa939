using System.Text.Json.Nodes;
using Underpaint.Data.Images;
using Underpaint.Diffusion;

namespace Underpaint.Training;

/// <summary>Makes a recipe go on from a model: with the model's sizes, and with the phases that follow the structure phase.</summary>
internal static class RecipeContinuation
{
    /// <summary>Puts the model's sizes in the place of the recipe's, and says which model it is. Before the user's changes.</summary>
    public static void Prepare(JsonObject recipe, ModelDescription model)
    {
        DataOptions images = model.Recipe.Data;
        recipe["model"] = RecipeWriter.ToJson(model.Recipe.Model with { CodeSpread = 0 });
        if (!recipe.ContainsKey("data"))
            recipe["data"] = new JsonObject();
        if (recipe["data"] is JsonObject data)
        {
            (data["size"], data["color"]) = (images.Size, images.Color == ColorMode.Grey ? "grey" : "rgb");
            // The weights do not depend on it, and an imported model's recipe cannot know it: what a recipe says stays.
            data["crop"] ??= RecipeWriter.WordOf(images.Crop);
        }
        recipe["start"] = RecipeWriter.ToJson(new StartOptions
        {
            Model = model.Recipe.Name,
            ImagesSeen = model.ImagesSeen,
            Sha256 = model.Checksum,
        });
    }

    /// <summary>Leaves the phases out that the model has behind it, after checking that the user's changes left its sizes alone.</summary>
    /// <exception cref="RecipeException">The sizes are no longer the model's, or no phase follows.</exception>
    public static Recipe Follow(Recipe recipe, ModelDescription model, string source)
    {
        if (DifferenceBetween(recipe, model.Recipe) is { } path)
            throw new RecipeException(source, path, $"is not that of {model.Path}, which the run goes on from", "Leave it as the model has it.");
        Phase[] follow = [.. recipe.Phases.SkipWhile(phase => phase.Schedule.Kind == ScheduleKind.HighestNoise)];
        return follow.Length > 0
            ? recipe with { Phases = follow }
            : throw new RecipeException(source, "phases", "has nothing that follows the structure phase", "Choose a recipe with a further phase, such as two-phase.");
    }

    private static string? DifferenceBetween(Recipe recipe, Recipe model)
    {
        JsonObject ours = SizesOf(recipe), theirs = SizesOf(model);
        return ours.FirstOrDefault(size => !JsonNode.DeepEquals(size.Value, theirs[size.Key])).Key;
    }

    // All that the weights depend on: dropout is for the training only.
    private static JsonObject SizesOf(Recipe recipe)
    {
        var sizes = new JsonObject { ["data.size"] = recipe.Data.Size, ["data.color"] = recipe.Data.Channels };
        foreach ((string key, JsonNode? value) in RecipeWriter.ToJson(recipe.Model with { CodeSpread = 0, Dropout = 0 }))
            sizes[$"model.{key}"] = value?.DeepClone();
        return sizes;
    }
}
