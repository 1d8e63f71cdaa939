using System.Text.Json;
using System.Text.Json.Nodes;
using Underpaint.Networks;

namespace Underpaint.Training;

/// <summary>A recipe may name a preset as its model: <c>"model": "ffhq128"</c>.</summary>
internal static class RecipePreset
{
    /// <summary>Writes a preset's sizes where its name stands, and its image size unless the recipe gives one.</summary>
    public static void Expand(JsonObject recipe, string source)
    {
        if (recipe["model"]?.GetValueKind() != JsonValueKind.String)
            return;

        string name = recipe["model"]!.GetValue<string>();
        string[] known = [.. ModelPresets.All.Select(preset => preset.Name)];
        ModelPreset preset = ModelPresets.Find(name) ?? throw new RecipeException(source, "model",
            $"is \"{RecipePath.Shorten(name)}\", which is not a preset",
            $"{RecipeSuggestion.For(name, known)}The presets are {string.Join(", ", known)}.");

        recipe["model"] = RecipeWriter.ToJson(preset.Model);
        if (!recipe.ContainsKey("data"))
            recipe["data"] = new JsonObject();
        if (recipe["data"] is JsonObject data && !data.ContainsKey("size"))
            data["size"] = preset.ImageSize;
    }
}
