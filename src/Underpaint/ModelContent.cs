using Underpaint.Networks;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint;

/// <summary>A whole model in plain memory, without libtorch: what its file says, and its weights.</summary>
/// <param name="Recipe">The recipe that it was trained with.</param>
/// <param name="ImagesSeen">How far the training was.</param>
/// <param name="Values">The weights, in the network's order and that of each weight's shape.</param>
internal sealed record ModelContent(Recipe Recipe, long ImagesSeen, float[] Values)
{
    /// <summary>Where a model that was not trained here came from, in words; null for one that was.</summary>
    public string? Origin { get; init; }

    /// <summary>SHA-256 of all weights: safetensors itself does not notice a flipped bit.</summary>
    public string Checksum { get; } = NumberHash.Of(Values);

    /// <summary>Which model it is: see <see cref="DiffusionAutoencoder.Identity"/>.</summary>
    public string Identity => RecipeIdentity.Of(Recipe, ImagesSeen, Checksum);

    /// <summary>The names and shapes of a recipe's weights; nothing is allocated, and nothing is to be disposed.</summary>
    public static WeightSet LayoutOf(Recipe recipe) => new AutoencoderNetwork(recipe.Model, recipe.Data.Size, recipe.Data.Channels).Weights;
}
