using FsCheck;
using FsCheck.Fluent;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Tests.Evaluation.Metrics;

public class LaplacianPyramidTests
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    private static readonly Arbitrary<(int Width, int Height, int Seed)> Sizes =
        (from width in Gen.Choose(7, 40)
         from height in Gen.Choose(7, 40)
         from seed in Gen.Choose(0, int.MaxValue)
         select (width, height, seed)).ToArbitrary();

    [Fact]
    public void The_bands_put_together_are_the_picture() =>
        Check.One(Quietly, Prop.ForAll(Sizes, size =>
        {
            Plane picture = Noise(size.Width, size.Height, size.Seed);
            Plane[] bands = LaplacianPyramid.Of(picture, halvings: 2);
            Plane sum = bands[0];
            foreach (Plane band in bands[1..])
                sum = Add(LaplacianPyramid.Double(sum, band.Width, band.Height), band);
            return Differ(picture, sum) < 1e-14;
        }));

    [Fact]
    public void The_bands_of_a_sum_are_the_sums_of_the_bands() =>
        Check.One(Quietly, Prop.ForAll(Sizes, size =>
        {
            Plane a = Noise(size.Width, size.Height, size.Seed), b = Noise(size.Width, size.Height, size.Seed ^ 1);
            Plane[] bandsA = LaplacianPyramid.Of(a, 2), bandsB = LaplacianPyramid.Of(b, 2), bandsOfSum = LaplacianPyramid.Of(Add(a, b), 2);
            return bandsOfSum.Zip(bandsA.Zip(bandsB, Add), Differ).Max() < 1e-14;
        }));

    [Fact]
    public void A_flat_picture_is_structure_alone() =>
        Check.One(Quietly, Prop.ForAll(Sizes, size =>
        {
            Plane[] bands = LaplacianPyramid.Of(Plane.Fill(size.Width, size.Height, (_, _) => 0.7), 2);
            return bands[0].Values.All(value => Math.Abs(value - 0.7) < 1e-14)
                && bands[1..].All(band => band.Values.All(value => Math.Abs(value) < 1e-14));
        }));

    [Fact]
    public void Turning_the_picture_turns_the_bands() =>
        Check.One(Quietly, Prop.ForAll(Sizes, size =>
        {
            Plane picture = Noise(size.Width, size.Height, size.Seed);
            return LaplacianPyramid.Of(picture, 2).Select(Turned).Zip(LaplacianPyramid.Of(Turned(picture), 2), Differ).Max() < 1e-14;
        }));

    [Theory]
    [InlineData(32, 28)]
    [InlineData(33, 9)]
    public void Each_band_has_half_the_size_of_the_next_rounded_up(int width, int height)
    {
        Plane[] bands = LaplacianPyramid.Of(Noise(width, height, 1), 2);
        Assert.Equal((width, height), (bands[2].Width, bands[2].Height));
        Assert.Equal(((width + 1) / 2, (height + 1) / 2), (bands[1].Width, bands[1].Height));
        Assert.Equal(((width + 3) / 4, (height + 3) / 4), (bands[0].Width, bands[0].Height));
    }

    private static Plane Noise(int width, int height, int seed)
    {
        var random = new RandomSource(seed, "test plane");
        return Plane.Fill(width, height, (_, _) => random.NextDouble());
    }

    private static Plane Add(Plane a, Plane b) => Plane.Fill(a.Width, a.Height, (x, y) => a[x, y] + b[x, y]);

    private static Plane Turned(Plane plane) => Plane.Fill(plane.Height, plane.Width, (x, y) => plane[y, x]);

    private static double Differ(Plane a, Plane b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        return a.Values.Zip(b.Values, (x, y) => Math.Abs(x - y)).Max();
    }
}
