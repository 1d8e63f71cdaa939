using System.Text.Json.Nodes;
using Underpaint.Training;

namespace Underpaint.Codes.Latents;

/// <summary>The strict JSON of a <see cref="LatentRecipe"/>, with the sections, overrides and errors of any recipe.</summary>
public static class LatentRecipeJson
{
    private const int MostLayers = 100, MostNumbers = 65_536;

    /// <summary>The recipe as JSON with every value spelled out; the same recipe gives the same bytes.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="RecipeException">A value is impossible.</exception>
    public static string Write(LatentRecipe recipe)
    {
        Check(recipe, "The latent recipe");
        return RecipeWriter.Print(ToJson(recipe));
    }

    /// <summary>The default recipe with some values changed.</summary>
    /// <param name="overrides">Each <c>path=value</c>: <c>images=500000</c>, <c>optimizer.learningRate=1e-4</c>.</param>
    /// <exception cref="RecipeException">An override names a place that is not there, or a value is impossible.</exception>
    public static LatentRecipe Override(IEnumerable<string> overrides)
    {
        JsonObject json = ToJson(new());
        RecipeOverrides.Apply(json, overrides, "The latent recipe");
        return Read(json, "The latent recipe");
    }

    /// <summary>Reads a recipe; what it leaves out has its default.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What errors call the recipe.</param>
    /// <exception cref="RecipeException">The text is not strict JSON, a key is unknown, or a value is impossible.</exception>
    public static LatentRecipe Read(string json, string source) => RecipeJson.Parse(json, source) is JsonObject root
        ? Read(root, source)
        : throw new RecipeException(source, "", "is not a JSON object", "A recipe starts with { and ends with }.");

    private static LatentRecipe Read(JsonObject json, string source)
    {
        var defaults = new LatentRecipe();
        var root = new RecipeSection(json, source, "", "images", "network", "optimizer", "ema", "checkpoint", "seed");
        RecipeSection network = root.Section("network", "width", "layers"), checkpoint = root.Section("checkpoint", "every", "keep");
        var recipe = new LatentRecipe
        {
            Images = root.Long("images", defaults.Images),
            Network = new() { Width = network.Int("width", defaults.Network.Width), Layers = network.Int("layers", defaults.Network.Layers) },
            Optimizer = RecipeReader.ReadOptimizer(root, defaults.Optimizer),
            Ema = RecipeReader.ReadEma(root, defaults.Ema),
            Checkpoint = new() { Every = checkpoint.Long("every", defaults.Checkpoint.Every), Keep = checkpoint.Int("keep", defaults.Checkpoint.Keep) },
            Seed = root.Long("seed", 0),
        };
        Check(recipe, source);
        return recipe;
    }

    private static void Check(LatentRecipe recipe, string source)
    {
        var check = new RecipeCheck(source);
        check.Whole("images", recipe.Images, 1, RecipeCheck.MostImages);
        check.Whole("network.width", recipe.Network.Width, 0, MostNumbers);
        check.Whole("network.layers", recipe.Network.Layers, 2, MostLayers);
        RecipeRules.Check(recipe.Optimizer, check);
        RecipeRules.Check(recipe.Ema, check);
        RecipeRules.Check(recipe.Checkpoint, check);
    }

    private static JsonObject ToJson(LatentRecipe recipe) => new()
    {
        ["images"] = recipe.Images,
        ["network"] = new JsonObject { ["width"] = recipe.Network.Width, ["layers"] = recipe.Network.Layers },
        ["optimizer"] = RecipeWriter.ToJson(recipe.Optimizer),
        ["ema"] = RecipeWriter.ToJson(recipe.Ema),
        ["checkpoint"] = new JsonObject { ["every"] = recipe.Checkpoint.Every, ["keep"] = recipe.Checkpoint.Keep },
        ["seed"] = recipe.Seed,
    };
}
