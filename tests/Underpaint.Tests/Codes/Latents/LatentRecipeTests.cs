using Underpaint.Codes.Latents;
using Underpaint.Training;

namespace Underpaint.Tests.Codes.Latents;

public class LatentRecipeTests
{
    [Fact]
    public void What_is_written_is_read_back_to_the_same_recipe()
    {
        var recipe = new LatentRecipe { Images = 5, Network = new() { Width = 3, Layers = 2 }, Optimizer = new() { Batch = 7, Beta2 = 0.5 }, Seed = -1 };
        Assert.Equal(recipe, LatentRecipeJson.Read(LatentRecipeJson.Write(recipe), "again"));
        Assert.Equal(new(), LatentRecipeJson.Read("{}", "empty"));
    }

    [Theory]
    [InlineData("images=0", "images is 0")]
    [InlineData("network.layers=1", "network.layers is 1")]
    [InlineData("network.depth=3", "network.depth is not a known key")]
    [InlineData("optimizer.learningRate=2", "optimizer.learningRate is 2")]
    [InlineData("phases=2", "phases is not a known key")]
    public void An_impossible_override_is_refused_with_its_place(string change, string message) =>
        Assert.Contains(message, Assert.Throws<RecipeException>(() => LatentRecipeJson.Override([change])).Message, StringComparison.Ordinal);

    [Fact]
    public void An_override_changes_one_value() =>
        Assert.Equal(1e-5, LatentRecipeJson.Override(["optimizer.learningRate=1e-5"]).Optimizer.LearningRate);

    [Fact]
    public void A_training_ends_with_a_whole_batch() => Assert.Equal(512, new LatentRecipe { Images = 257 }.End);
}
