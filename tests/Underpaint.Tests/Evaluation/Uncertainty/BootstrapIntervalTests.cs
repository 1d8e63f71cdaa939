using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Tests.Evaluation.Uncertainty;

public class BootstrapIntervalTests
{
    [Fact]
    public void Of_two_values_it_reaches_from_one_to_the_other() =>
        Assert.Equal(new BootstrapInterval(0.5, 0, 1), BootstrapInterval.OfMean([0, 1]));

    // The resampled mean of n values, half 0 and half 1, is Binomial(n, 1/2)/n: for n = 100 its 2.5 % and 97.5 % quantiles are 0.40 and 0.60.
    [Fact]
    public void Of_a_hundred_tosses_it_has_the_ends_of_the_binomial_distribution()
    {
        BootstrapInterval interval = BootstrapInterval.OfMean([.. Enumerable.Range(0, 100).Select(i => i % 2.0)]);
        Assert.Equal(0.5, interval.Mean);
        Assert.Equal(0.40, interval.Low, 0.01);
        Assert.Equal(0.60, interval.High, 0.01);
    }

    [Fact]
    public void Of_many_values_it_is_1_96_standard_errors_to_either_side()
    {
        double[] values = Gaussian(2000, seed: 1);
        double mean = values.Average(), error = Math.Sqrt(values.Average(x => (x - mean) * (x - mean)) / values.Length);
        BootstrapInterval interval = BootstrapInterval.OfMean(values);
        Assert.Equal(mean - 1.96 * error, interval.Low, 0.15 * error);
        Assert.Equal(mean + 1.96 * error, interval.High, 0.15 * error);
    }

    [Fact]
    public void About_95_of_100_intervals_hold_the_true_mean()
    {
        const int Trials = 400;
        int held = Enumerable.Range(0, Trials).Count(trial => BootstrapInterval.OfMean(Gaussian(60, seed: trial), seed: trial).Contains(0));
        Assert.InRange(held / (double)Trials, 0.92, 0.97);
    }

    [Fact]
    public void A_difference_image_by_image_shows_what_the_intervals_of_the_runs_hide()
    {
        double[] difficulty = Gaussian(100, seed: 2), luck = Gaussian(100, seed: 3);
        double[] better = [.. difficulty.Zip(luck, (d, l) => d + 0.1 + 0.1 * l)];
        Assert.True(BootstrapInterval.OfMean(better).Contains(difficulty.Average()));
        BootstrapInterval difference = BootstrapInterval.OfDifference(better, difficulty);
        Assert.Equal(better.Average() - difficulty.Average(), difference.Mean, 1e-12);
        Assert.False(difference.Contains(0));
        Assert.True(difference.Contains(0.1));
    }

    [Fact]
    public void A_run_does_not_differ_from_itself() =>
        Assert.Equal(new BootstrapInterval(0, 0, 0), BootstrapInterval.OfDifference([1, 2, 3], [1, 2, 3]));

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_one_a_slightly_different_one()
    {
        double[] values = Gaussian(50, seed: 4);
        Assert.Equal(BootstrapInterval.OfMean(values), BootstrapInterval.OfMean(values));
        Assert.NotEqual(BootstrapInterval.OfMean(values), BootstrapInterval.OfMean(values, seed: 1));
    }

    [Fact]
    public void Of_one_value_it_is_that_value() => Assert.Equal(new BootstrapInterval(7, 7, 7), BootstrapInterval.OfMean([7]));

    [Fact]
    public void Values_without_a_mean_or_a_partner_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BootstrapInterval.OfMean([]));
        Assert.Throws<ArgumentException>(() => BootstrapInterval.OfMean([1, double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => BootstrapInterval.OfDifference([1, 2], [1]));
    }

    private static double[] Gaussian(int count, int seed)
    {
        var random = new RandomSource(seed, "test values");
        return [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
    }
}
