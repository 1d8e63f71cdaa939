using Underpaint.Networks;

namespace Underpaint.Tests.Networks;

public class ActivationSizeTests
{
    private static readonly ModelOptions Model = new() { Channels = 32, Multipliers = [1, 2], EncoderMultipliers = [1], AttentionAt = [] };

    [Fact]
    public void The_largest_stands_where_what_comes_from_below_meets_what_was_kept() =>
        Assert.Equal((64 + 32) * 32 * 32, ActivationSize.LargestOf(Model with { EncoderMultipliers = [1, 1] }, 32));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Attention_compares_every_pixel_with_every_other_in_each_head(int heads) =>
        Assert.Equal(heads * 64L * 64 * 64 * 64, ActivationSize.LargestOf(Model with { AttentionAt = [64], EncoderMultipliers = [1, 1], Heads = heads }, 64));

    [Fact]
    public void The_middle_has_attention_without_being_asked() =>
        Assert.Equal(64L * 64 * 64 * 64, ActivationSize.LargestOf(Model, 64));

    [Theory]
    [InlineData(32, 32)]
    [InlineData(128, 32)]
    [InlineData(256, 16)]
    [InlineData(1024, 1)]
    public void Looks_take_fewer_images_at_once_where_they_are_large(int size, int expected)
    {
        ModelOptions published = new() { Channels = 128, Multipliers = [1, 1, 2, 2, 4, 4], EncoderMultipliers = [1, 1, 2, 2, 4, 4] };
        Assert.Equal(expected, DiffusionAutoencoder.ChunkSize(published, size));
    }
}
