using Underpaint.Exchange;
using Underpaint.Networks;

namespace Underpaint.Tests.Exchange;

public sealed class OfficialArchitectureTests
{
    public static TheoryData<string> Presets => [.. ModelPresets.All.Select(preset => preset.Name)];

    [Theory]
    [MemberData(nameof(Presets))]
    public void The_sizes_of_every_preset_are_told_by_its_tensors(string name)
    {
        ModelPreset preset = ModelPresets.Find(name)!;
        ModelOptions model = preset.Model;
        OfficialArchitecture inferred = Infer(model, preset.ImageSize);
        Assert.Equal((model.Channels, model.Code, model.Code, 3), (inferred.Channels, inferred.Code, inferred.TimeEmbedding, inferred.ImageChannels));
        Assert.Equal(model.Multipliers, inferred.Decoder.Multipliers);
        Assert.Equal(model.Blocks, inferred.Decoder.Blocks);
        Assert.Equal(model.AttentionAt, inferred.Decoder.AttentionLevels.Select(level => preset.ImageSize >> level));
        LevelLayout encoder = Assert.Single(inferred.Encoders);
        Assert.Equal(model.EncoderMultipliers, encoder.Multipliers);
        Assert.Equal(model.EncoderBlocks, encoder.Blocks);
    }

    [Fact]
    public void A_time_embedding_of_its_own_width_and_grey_images_are_told()
    {
        OfficialArchitecture inferred = Infer(new() { Code = 8, TimeEmbedding = 12, AttentionAt = [] }, 32, imageChannels: 1);
        Assert.Equal((8, 12, 1), (inferred.Code, inferred.TimeEmbedding, inferred.ImageChannels));
    }

    [Fact]
    public void Attention_tells_the_encoder_s_levels_apart_where_channels_do_not()
    {
        ModelOptions model = new() { Channels = 8, Code = 8, Multipliers = [1, 1], AttentionAt = [8], EncoderMultipliers = [1, 1, 1], EncoderBlocks = 3 };
        Assert.Equal(3, Assert.Single(Infer(model, 16).Encoders).Blocks);
    }

    [Fact]
    public void An_encoder_that_could_be_divided_in_several_ways_is_told_as_such()
    {
        ModelOptions model = new() { Channels = 8, Code = 8, Multipliers = [1, 1], AttentionAt = [], EncoderMultipliers = [1, 1], EncoderBlocks = 1 };
        Assert.Equal([(2, 1), (1, 3)], Infer(model, 16).Encoders.Select(layout => (layout.Multipliers.Count, layout.Blocks)));
    }

    [Fact]
    public void What_does_not_tell_its_sizes_is_an_error_that_names_all_that_is_missing()
    {
        var shapes = Shapes(TestCheckpoint.Recipe.Model, 16);
        shapes.Remove("encoder.out.3.weight");
        shapes.Remove("input_blocks.2.0.in_layers.2.weight");
        shapes["time_embed.time_embed.0.weight"] = [4];
        var error = Assert.Throws<FileFormatException>(() => OfficialArchitecture.Infer("x.ckpt", shapes));
        Assert.Contains("time_embed.time_embed.0.weight is 4", error.What);
        Assert.Contains("encoder.out.3.weight is missing", error.What);
        Assert.Contains("input_blocks.2.0.in_layers.2.weight is missing", error.What);
    }

    [Theory]
    [InlineData("input_blocks.3.0.in_layers.2.weight", "decoder")]
    [InlineData("encoder.input_blocks.2.0.in_layers.2.weight", "encoder")]
    public void Blocks_that_make_no_levels_are_an_error(string changed, string network)
    {
        var shapes = Shapes(TestCheckpoint.Recipe.Model, 16);
        shapes[changed] = [5, 4, 3, 3];
        Assert.Contains($"blocks in its {network}", Assert.Throws<FileFormatException>(() => OfficialArchitecture.Infer("x.ckpt", shapes)).What);
    }

    private static OfficialArchitecture Infer(ModelOptions model, int size, int imageChannels = 3) =>
        OfficialArchitecture.Infer("x.ckpt", Shapes(model, size, imageChannels));

    private static Dictionary<string, IReadOnlyList<long>> Shapes(ModelOptions model, int size, int imageChannels = 3) =>
        new AutoencoderNetwork(model, size, imageChannels).Weights.All.ToDictionary(weight => weight.Name, weight => weight.Shape);
}
