using FsCheck;
using FsCheck.Fluent;
using Underpaint.Kernels;

namespace Underpaint.Tests.Kernels;

public class PixelBlocksTests
{
    [Fact]
    public void Merging_sums_every_block_and_spreading_fills_it() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 5).Two().ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (size, channels) =>
        {
            AssertBlocks<Float32Element>(size.Item1, size.Item2, channels);
            AssertBlocks<BFloat16Element>(size.Item1, size.Item2, channels);
        }));

    [Fact]
    public void Images_that_do_not_fit_each_other_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PixelBlocks.Merge<Float32Element>(new Float32Element[12], new Float32Element[4], 2, 1, 1));
        Assert.Throws<ArgumentException>(() => PixelBlocks.Merge<Float32Element>(new Float32Element[12], new Float32Element[3], 2, 1, 1));
        Assert.Throws<ArgumentException>(() => PixelBlocks.Spread<Float32Element>([], [], 0, 1, 1));
    }

    private static void AssertBlocks<T>(int rows, int width, int channels) where T : unmanaged, IElement<T>
    {
        // Small whole numbers: every sum is exact. Two images of different rows are as good as one of all.
        T[] fine = [.. Enumerable.Range(0, 4 * rows * width * channels).Select(i => T.FromSingle(i * 31 % 17 - 8))];
        var coarse = new T[rows * width * channels];
        PixelBlocks.Merge<T>(fine, coarse, width, channels, factor: 0.5f);
        float Fine(T[] image, int row, int column, int channel) => T.ToSingle(image[(row * 2 * width + column) * channels + channel]);
        var spread = new T[fine.Length];
        PixelBlocks.Spread<T>(coarse, spread, width, channels, factor: 2);
        for (int i = 0; i < coarse.Length; i++)
        {
            int row = i / channels / width, column = i / channels % width, channel = i % channels;
            (int Row, int Column)[] block = [(2 * row, 2 * column), (2 * row, 2 * column + 1), (2 * row + 1, 2 * column), (2 * row + 1, 2 * column + 1)];
            float sum = block.Sum(place => Fine(fine, place.Row, place.Column, channel));
            Assert.Equal(sum / 2, T.ToSingle(coarse[i]));
            Assert.All(block, place => Assert.Equal(sum, Fine(spread, place.Row, place.Column, channel)));
        }
    }
}
