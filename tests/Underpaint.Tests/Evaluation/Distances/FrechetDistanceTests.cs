using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Underpaint.Evaluation.Distances;
using Underpaint.Tests.Golden;

namespace Underpaint.Tests.Evaluation.Distances;

public class FrechetDistanceTests
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_figures_are_those_of_the_reference_programs(int number)
    {
        JsonElement expected = Figures.Load("frechet.json").GetProperty("cases")[number];
        int length = (int)expected.Number("d");
        FeatureStatistics a = Gather(Features((int)expected.Number("n1"), length, expected.GetProperty("first(q,shift,scale)")), length);
        FeatureStatistics b = Gather(Features((int)expected.Number("n2"), length, expected.GetProperty("second")), length);
        Assert.Equal(expected.Number("frechet_eigenvalues"), FrechetDistance.Of(a, b), 1e-11);
        Assert.Equal(expected.Number("mu1_first4", 0), a.Mean[0], 1e-9);
        Assert.Equal(expected.GetProperty("cov1_row0_first4").EnumerateArray().Select(value => value.GetDouble()),
            a.Covariance().Take(Math.Min(length, 4)), (x, y) => Math.Abs(x - y) < 1e-9);
        Assert.Equal(expected.Number("trace2"), Enumerable.Range(0, length).Sum(i => b.Covariance()[i * (length + 1)]), 1e-7);
    }

    [Fact]
    public void Of_one_feature_it_is_the_difference_of_means_and_deviations_squared()
    {
        FeatureStatistics a = Gather([1, 3], 1), b = Gather([2, 10], 1);
        double deviationA = Math.Sqrt(2), deviationB = Math.Sqrt(32);
        Assert.Equal(16 + (deviationA - deviationB) * (deviationA - deviationB), FrechetDistance.Of(a, b), 1e-12);
    }

    [Fact]
    public void Sets_without_any_spread_are_as_far_apart_as_their_means()
    {
        FeatureStatistics a = Gather([1, 2, 1, 2, 1, 2], 2), b = Gather([4, 6, 4, 6], 2);
        Assert.Equal(25, FrechetDistance.Of(a, b), 1e-12);
        Assert.Equal(0, FrechetDistance.Of(a, a));
    }

    [Fact]
    public void A_set_is_at_no_distance_from_itself_even_with_few_images()
    {
        float[] features = Noise(20 * 100, seed: 1, scale: 30);
        Assert.Equal(0, FrechetDistance.Of(Gather(features, 100), Gather(features, 100)), 1e-8);
    }

    // Both covariances are singular: roots of eigenvalues that are 0 but for rounding would show in the eighth digit.
    [Fact]
    public void Sets_that_vary_in_different_directions_share_nothing()
    {
        float[] a = Combinations(firstDirection: 0), b = Combinations(firstDirection: 8);
        FeatureStatistics first = Gather(a, 16), second = Gather(b, 16);
        double apart = Enumerable.Range(0, 16).Sum(i => Math.Pow(first.Mean[i] - second.Mean[i], 2)
            + first.Covariance()[17 * i] + second.Covariance()[17 * i]);
        Assert.Equal(apart, FrechetDistance.Of(first, second), 1e-11 * apart);

        // Whole multiples of eight rows of a Hadamard matrix, exact in single precision.
        static float[] Combinations(int firstDirection) => [.. Enumerable.Range(0, 40).SelectMany(n => Enumerable.Range(0, 16)
            .Select(i => (float)Enumerable.Range(0, 8).Sum(k =>
                (n * (k + 3) * (k + 7) % 11 - 5) * (BitOperations.PopCount((uint)((firstDirection + k) & i)) % 2 == 0 ? 1 : -1))))];
    }

    [Fact]
    public void It_is_symmetric_never_negative_and_unmoved_by_a_common_shift() =>
        Check.One(Quietly.WithMaxTest(30), Prop.ForAll<int, int>((seedA, seedB) =>
        {
            float[] a = Noise(9 * 5, seedA, 1), b = Noise(12 * 5, seedB, 2);
            double distance = FrechetDistance.Of(Gather(a, 5), Gather(b, 5));
            double back = FrechetDistance.Of(Gather(b, 5), Gather(a, 5));
            double shifted = FrechetDistance.Of(Gather([.. a.Select(x => x + 8)], 5), Gather([.. b.Select(x => x + 8)], 5));
            return distance >= 0 && Math.Abs(distance - back) < 1e-10 && Math.Abs(distance - shifted) < 1e-4;
        }));

    [Fact]
    public void The_division_into_batches_changes_nothing()
    {
        float[] features = Noise(50 * 6, seed: 3, scale: 1);
        FeatureStatistics whole = Gather(features, 6), parts = new(6);
        foreach (Range part in (Range[])[0..6, 6..6, 6..90, 90..300])
            parts.Add(features.AsSpan(part));
        Assert.Equal(50, parts.Count);
        Assert.Equal(whole.Mean.ToArray(), parts.Mean.ToArray(), (x, y) => Math.Abs(x - y) < 1e-13);
        Assert.Equal(whole.Covariance(), parts.Covariance(), (x, y) => Math.Abs(x - y) < 1e-13);
    }

    [Fact]
    public void A_large_mean_does_not_cost_the_covariance_its_digits()
    {
        FeatureStatistics statistics = Gather([1e7f, 1e7f + 1, 1e7f + 2], 1);
        Assert.Equal(1, Assert.Single(statistics.Covariance()), 1e-12);
    }

    [Fact]
    public void Sets_that_cannot_be_compared_are_refused()
    {
        FeatureStatistics pair = Gather([1, 2], 1), single = Gather([1], 1);
        Assert.Throws<UnderpaintException>(() => FrechetDistance.Of(pair, Gather([1, 2, 3, 4], 2)));
        var error = Assert.Throws<UnderpaintException>(() => FrechetDistance.Of(pair, single));
        Assert.Contains("there is 1", error.What, StringComparison.Ordinal);
        Assert.Throws<UnderpaintException>(() => FrechetDistance.Of(new(1), pair));
        Assert.Throws<UnderpaintException>(() => pair.Add([3, float.NaN]));
        Assert.Throws<ArgumentException>(() => new FeatureStatistics(2).Add([1, 2, 3]));
        Assert.Equal(2, pair.Count);
    }

    private static FeatureStatistics Gather(float[] features, int length)
    {
        var statistics = new FeatureStatistics(length);
        statistics.Add(features);
        return statistics;
    }

    private static float[] Noise(int count, int seed, double scale)
    {
        var random = new RandomSource(seed, "test features");
        return [.. Enumerable.Range(0, count).Select(_ => (float)(scale * random.NextGaussian()))];
    }

    private static float[] Features(int count, int length, JsonElement parameters)
    {
        double q = parameters.Number(0), shift = parameters.Number(1), scale = parameters.Number(2);
        return [.. Enumerable.Range(1, count).SelectMany(i => Enumerable.Range(1, length).Select(j => (float)(shift * j / length
            + scale * Math.Sin(0.37 * i * j + 0.11 * i * i + 0.9 * q) + 0.3 * Math.Cos(0.23 * i + 0.05 * j * j + q))))];
    }
}
