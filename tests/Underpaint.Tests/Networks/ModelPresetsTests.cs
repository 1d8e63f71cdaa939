using Underpaint.Networks;
using Underpaint.Training;

namespace Underpaint.Tests.Networks;

public class ModelPresetsTests
{
    [Fact]
    public void Names_are_unique() =>
        Assert.All(ModelPresets.All.CountBy(preset => preset.Name), names => Assert.Equal(1, names.Value));

    [Fact]
    public void An_unknown_name_finds_nothing() => Assert.Null(ModelPresets.Find("FFHQ128"));

    [Fact]
    public void Every_preset_is_a_possible_model_at_its_image_size() => Assert.All(ModelPresets.All, preset =>
    {
        Recipe recipe = RecipeLibrary.Load("two-phase", [$"model={preset.Name}"]);
        Assert.Equal(preset.ImageSize, recipe.Data.Size);
        Assert.Equivalent(preset.Model, recipe.Model, strict: true);
    });

    [Fact]
    public void The_model_of_the_benchmarks_has_as_many_parameters_as_the_official_one()
    {
        ModelPreset preset = ModelPresets.Find("cifar32")!;
        using var network = new AutoencoderNetwork(preset.Model, preset.ImageSize, imageChannels: 3);
        Assert.Equal(3_341_027, network.Weights.Count);
        Assert.Equal(0.1, preset.Model.Dropout);
    }

    [Theory]
    [InlineData("celeba64", 64, 64, new[] { 1, 2, 4, 8 }, new[] { 1, 2, 4, 8, 8 })]
    [InlineData("ffhq128", 128, 128, new[] { 1, 1, 2, 3, 4 }, new[] { 1, 1, 2, 3, 4, 4 })]
    [InlineData("horse128", 128, 128, new[] { 1, 1, 2, 3, 4 }, new[] { 1, 1, 2, 3, 4, 4 })]
    [InlineData("bedroom128", 128, 128, new[] { 1, 1, 2, 3, 4 }, new[] { 1, 1, 2, 3, 4, 4 })]
    [InlineData("ffhq256", 256, 128, new[] { 1, 1, 2, 2, 4, 4 }, new[] { 1, 1, 2, 2, 4, 4, 4 })]
    public void The_published_presets_have_the_published_sizes(string name, int size, int channels, int[] multipliers, int[] encoder)
    {
        ModelPreset preset = ModelPresets.Find(name)!;
        Assert.Equal(size, preset.ImageSize);
        Assert.Equivalent(new ModelOptions
        {
            Channels = channels,
            Multipliers = multipliers,
            Blocks = 2,
            AttentionAt = [16],
            Code = 512,
            EncoderMultipliers = encoder,
            EncoderBlocks = 2,
            TimeEmbedding = 0,
            Heads = 1,
            Groups = 32,
            Dropout = 0.1,
        }, preset.Model, strict: true);
    }
}
