using Underpaint.Experiments;

namespace Underpaint.Tests.Experiments;

public sealed class SeedMeanTests
{
    [Fact]
    public void One_seed_keeps_the_interval_over_its_images() =>
        Assert.Equal(new(20, null, 19, 21, 1), SeedMean.Of([new(20, 19, 21, 1)]));

    [Fact]
    public void Several_seeds_have_an_interval_by_Students_t()
    {
        // 4.303 is the 97.5 % quantile for two degrees of freedom; the deviation of 1, 2, 3 is 1.
        SeedMean mean = SeedMean.Of([new(1, 0, 9, 1), new(2, 0, 9, 1), new(3, 0, 9, 1)]);
        Assert.Equal((2.0, 1.0), (mean.Mean, mean.Deviation!.Value));
        Assert.Equal(2 - 4.303 / Math.Sqrt(3), mean.Low!.Value, 1e-3);
        Assert.Equal(2 + 4.303 / Math.Sqrt(3), mean.High!.Value, 1e-3);
    }

    [Theory]
    [InlineData(13, 2.179)]
    [InlineData(31, 2.042)]
    public void Beyond_the_table_the_quantile_is_that_of_the_books(int seeds, double quantile)
    {
        RowFigure[] figures = [.. Enumerable.Range(0, seeds).Select(seed => new RowFigure(seed, null, null, 1))];
        SeedMean mean = SeedMean.Of(figures);
        Assert.Equal(quantile, (mean.High!.Value - mean.Mean) * Math.Sqrt(seeds) / mean.Deviation!.Value, 2e-3);
    }
}
