using Underpaint.Data.Images;
using Underpaint.Data.Synthetic;

namespace Underpaint.Tests.Data.Synthetic;

public class OrnamentsTests
{
    [Fact]
    public void An_image_is_a_function_of_seed_and_index_alone()
    {
        var all = new Ornaments(100, 32, seed: 5);
        var few = new Ornaments(41, 32, seed: 5);
        byte[] first = all.Read(40).Pixels;
        all.Read(7);
        Assert.Equal(first, all.Read(40).Pixels);
        Assert.Equal(first, few.Read(40).Pixels);
        Assert.Equal(all.FactorsOf(40), few.FactorsOf(40));
    }

    [Fact]
    public void Threads_see_the_same_images()
    {
        var ornaments = new Ornaments(64, 16);
        byte[][] alone = [.. Enumerable.Range(0, 64).Select(i => ornaments.Read(i).Pixels)];
        byte[][] together = new byte[64][];
        Parallel.For(0, 64, i => together[i] = ornaments.Read(i).Pixels);
        Assert.Equal(alone, together);
    }

    [Fact]
    public void Another_seed_or_index_gives_another_image()
    {
        var zero = new Ornaments(100, 16);
        var one = new Ornaments(100, 16, seed: 1);
        Assert.NotEqual(zero.Read(0).Pixels, one.Read(0).Pixels);
        Assert.Equal(200, Enumerable.Range(0, 100).SelectMany(i => new[] { zero.FactorsOf(i), one.FactorsOf(i) }).Distinct().Count());
    }

    [Fact]
    public void The_first_ornaments_stay_what_they_are()
    {
        // Studies name images by seed and index: a change here changes all of them.
        var ornaments = new Ornaments(8, 32);
        Assert.Equal(["triangle", "circle", "triangle", "heart", "star", "square", "square", "heart"],
            Enumerable.Range(0, 8).Select(i => ornaments.LabelNames[ornaments.LabelOf(i)!.Value]));
        Assert.Equal(0.494149454712, ornaments.FactorsOf(7).X, 1e-12);
    }

    [Fact]
    public void Labels_are_shapes_and_each_is_as_frequent_as_the_others()
    {
        var ornaments = new Ornaments(6000, 32);
        var counts = Enumerable.Range(0, 6000).CountBy(i => ornaments.LabelNames[ornaments.LabelOf(i)!.Value]).ToDictionary();
        Assert.Equal(["circle", "heart", "ring", "square", "star", "triangle"], counts.Keys.Order());
        Assert.All(counts.Values, n => Assert.InRange(n, 880, 1120));
        Assert.Equal((int)ornaments.FactorsOf(3).Shape, ornaments.LabelOf(3));
    }

    [Fact]
    public void Values_are_the_factors_in_their_listed_order()
    {
        var ornaments = new Ornaments(10, 32);
        OrnamentFactors factors = ornaments.FactorsOf(9);
        double[] expected =
        [
            (int)factors.Shape, factors.X, factors.Y, factors.Size, factors.Hue, factors.BackgroundHue, factors.BackgroundTone,
            (int)factors.Texture, factors.Frequency, factors.Phase, factors.Orientation, factors.Grain,
        ];
        Assert.Equal(expected, ornaments.ValuesOf(9));
    }

    [Fact]
    public void Factors_are_uniform_in_their_ranges_and_independent()
    {
        const int Count = 20_000;
        var ornaments = new Ornaments(Count, 32);
        double[][] images = [.. Enumerable.Range(0, Count).Select(ornaments.ValuesOf)];
        double[][] ranks = [.. OrnamentFactor.All.Select((factor, k) => images.Select(v => Rank(factor, v[k])).ToArray())];

        Assert.All(ranks, rank =>
        {
            Assert.InRange(rank.Min(), 0, 0.001);
            Assert.InRange(rank.Max(), 0.999, 1);
            Assert.Equal(0.5, rank.Average(), 0.01);
            Assert.InRange(rank.Average(r => (r - 0.5) * (r - 0.5)) * 12, 0.97, 2.0);
        });
        for (int a = 0; a < ranks.Length; a++)
            for (int b = 0; b < a; b++)
                Assert.Equal(0, 12 * ranks[a].Zip(ranks[b], (x, y) => (x - 0.5) * (y - 0.5)).Average(), 0.05);
    }

    [Fact]
    public void A_set_describes_itself_and_its_images()
    {
        using var ornaments = new Ornaments(12, 24, seed: 3);
        Assert.Equal("12 ornaments, 24×24, seed 3", ornaments.Description);
        Assert.Equal("ornament 11", ornaments.NameOf(11));
        PixelImage image = ornaments.Read(11);
        Assert.Equal((12, 24, 24, 3), (ornaments.Count, image.Width, image.Height, image.Channels));
    }

    [Theory]
    [InlineData(0, 32, "at least 1")]
    [InlineData(-5, 32, "at least 1")]
    [InlineData(10, 7, "from 8 to 4096")]
    [InlineData(10, 4097, "from 8 to 4096")]
    [InlineData(10, int.MaxValue, "from 8 to 4096")]
    public void Impossible_counts_and_sizes_are_refused(int count, int size, string remedy)
    {
        var error = Assert.Throws<UnderpaintException>(() => new Ornaments(count, size));
        Assert.Contains(remedy, error.Remedy);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public void An_index_outside_the_set_is_refused(int index)
    {
        var ornaments = new Ornaments(10, 32);
        Assert.Throws<ArgumentOutOfRangeException>(() => ornaments.Read(index));
        Assert.Throws<ArgumentOutOfRangeException>(() => ornaments.NameOf(index));
        Assert.Throws<ArgumentOutOfRangeException>(() => ornaments.LabelOf(index));
        Assert.Throws<ArgumentOutOfRangeException>(() => ornaments.ValuesOf(index));
    }

    private static double Rank(OrnamentFactor factor, double value) => (value - factor.Low) / (factor.High - factor.Low);
}
