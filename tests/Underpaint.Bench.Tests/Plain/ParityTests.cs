using Underpaint.Bench.Plain;
using Underpaint.Networks;

namespace Underpaint.Bench.Tests.Plain;

public sealed class ParityTests
{
    private static readonly ModelOptions Tiny = new()
    {
        Multipliers = [1, 2],
        Blocks = 1,
        AttentionAt = [8],
        Code = 16,
        EncoderMultipliers = [1, 2, 2],
        EncoderBlocks = 1,
        Dropout = 0.5,
    };

    [Fact]
    public void The_plain_network_computes_what_ours_does() => AssertParity(Tiny);

    [Fact]
    public void With_several_heads_few_groups_and_a_time_embedding_of_its_own_too() =>
        AssertParity(Tiny with { Heads = 2, Groups = 4, TimeEmbedding = 24, Blocks = 2, EncoderBlocks = 2 });

    [Fact]
    public void A_network_that_only_has_the_same_weights_is_told_apart()
    {
        using var ours = Ours(Tiny);
        using var plain = Plain(Tiny with { Heads = 2 });
        Assert.True(Parity.LargestDifference(ours, plain) > 10 * Parity.Tolerance);
    }

    [Fact]
    public void A_network_with_other_weights_is_refused()
    {
        using var ours = Ours(Tiny);
        using var plain = Plain(Tiny with { Code = 32 });
        Assert.Contains("encoder.out.3.weight", Assert.Throws<UnderpaintException>(() => Parity.LargestDifference(ours, plain)).Message);
    }

    private static void AssertParity(ModelOptions options)
    {
        using var ours = Ours(options);
        using var plain = Plain(options);
        Assert.InRange(Parity.LargestDifference(ours, plain), 0, Parity.Tolerance);
    }

    private static AutoencoderNetwork Ours(ModelOptions options) => new(options, imageSize: 16, imageChannels: 3);

    private static PlainNetwork Plain(ModelOptions options) => new(options, imageSize: 16, imageChannels: 3);
}
