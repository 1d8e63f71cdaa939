using System.Runtime.Intrinsics;
using Underpaint.Kernels;

namespace Underpaint.Tests.Kernels;

/// <summary>Bounds are five standard deviations wide; the masks are fixed, so that the tests never fail by chance.</summary>
public class DropoutMaskTests
{
    private const int Pixels = 1024;
    private const int Channels = 64;
    private const int Length = Pixels * Channels;

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_asked_share_is_dropped_and_the_rest_scaled_up(double share)
    {
        float[] mask = Draw(share, key: 0, layer: 0);
        Assert.All(mask, factor => Assert.True(factor == 0 || factor == (float)(1 / (1 - share))));
        Assert.Equal(share, mask.Count(factor => factor == 0) / (double)Length, 5 * Math.Sqrt(share * (1 - share) / Length));
    }

    [Fact]
    public void A_share_of_zero_keeps_all() => Assert.All(Draw(0, key: 1, layer: 1), factor => Assert.Equal(1, factor));

    [Fact]
    public void The_same_key_and_layer_give_the_same_mask() => Assert.Equal(Draw(0.5, 11, 2), Draw(0.5, 11, 2));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 8)]
    [InlineData(0, 0xFFFFFFFF)]
    public void Masks_of_different_layers_are_independent(uint layer, uint other) =>
        AssertIndependent(Draw(0.5, 5, layer), Draw(0.5, 5, other));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1UL << 32)]
    [InlineData(0, 1UL << 63)]
    public void Masks_of_different_images_are_independent(ulong key, ulong other) =>
        AssertIndependent(Draw(0.5, key, 3), Draw(0.5, other, 3));

    // The counter of a position starts from the first half: with that half alone, these two masks would be one, shifted.
    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void Keys_that_share_a_half_give_independent_masks(int distance)
    {
        float[] mask = DrawMixed(0x243F6A88_00000100), other = DrawMixed(0x85A308D3_00000100 + (ulong)distance);
        AssertIndependent(mask[distance..], other[..^distance]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(Channels)]
    [InlineData(32 * Channels)]
    public void Positions_are_independent(int distance)
    {
        float[] mask = Draw(0.5, 9, 4);
        AssertIndependent(mask[distance..], mask[..^distance]);
    }

    [Fact]
    public void Images_of_one_batch_take_their_own_keys()
    {
        float[] both = Draw(0.5, [3, 4], 5);
        Assert.Equal(Draw(0.5, 3, 5), both[..Length]);
        Assert.Equal(Draw(0.5, 4, 5), both[Length..]);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(24)]
    [InlineData(3)]
    public void Written_out_it_is_what_the_kernel_drops(int channels)
    {
        var mask = new DropoutMask(0.3, new ulong[] { 3, 4 }, Layer: 5);
        var shape = new NormShape(Images: 2, Pixels: 50, channels, Groups: 1);
        var y = new Float32Element[2 * 50 * channels];
        float[] offset = new float[channels], statistics = new float[2], factors = new float[y.Length];
        Array.Fill(offset, 1);
        FusedNorm.Forward<Float32Element>(shape, y, y, new float[channels], offset, silu: false, mask, statistics, statistics);
        mask.Write(shape, factors);
        Assert.Equal(y.Select(element => element.Value), factors);
    }

    // At a share of a half the factors are 0 and 2: one less is ±1, and the mean product is the correlation.
    private static void AssertIndependent(float[] mask, float[] other) =>
        Assert.Equal(0, mask.Zip(other, (a, b) => (a - 1) * (b - 1)).Average(), 5 / Math.Sqrt(mask.Length));

    private static float[] DrawMixed(ulong key)
    {
        var dropped = new Dropped<Identity>(new ImageMask(0.5, key));
        var mask = new float[Length];
        for (int i = 0; i < Length; i += 16)
            dropped.Value(Vector512<float>.One, (nuint)i).CopyTo(mask, i);
        return mask;
    }

    private static float[] Draw(double share, ulong key, uint layer) => Draw(share, [key], layer);

    // With a gain of 0 and an offset of 1, the mask is all that is left.
    private static float[] Draw(double share, ulong[] keys, uint layer)
    {
        var y = new Float32Element[keys.Length * Length];
        float[] offset = new float[Channels], statistics = new float[keys.Length];
        Array.Fill(offset, 1);
        FusedNorm.Forward<Float32Element>(
            new(keys.Length, Pixels, Channels, 1), y, y, new float[Channels], offset,
            silu: false, new(share, keys, layer), statistics, statistics);
        return [.. y.Select(element => element.Value)];
    }
}
