namespace Underpaint.Tests;

public class RandomSourceTests
{
    [Fact]
    public void The_same_seed_purpose_and_position_give_the_same_numbers()
    {
        var a = new RandomSource(7, "noise", 640);
        var b = new RandomSource(7, "noise", 640);
        Assert.Equal(Enumerable.Range(0, 10).Select(_ => a.NextBits()), Enumerable.Range(0, 10).Select(_ => b.NextBits()));
    }

    [Fact]
    public void Another_seed_purpose_or_position_gives_other_numbers()
    {
        ulong[] seeds =
        [
            RandomSource.SeedOf(0, "noise", 0), RandomSource.SeedOf(1, "noise", 0),
            RandomSource.SeedOf(0, "noise", 1), RandomSource.SeedOf(0, "flip", 0), RandomSource.SeedOf(-1, "noise", 0),
        ];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }

    [Fact]
    public void An_order_holds_every_item_once()
    {
        int[] order = new RandomSource(3, "shuffle").NextOrder(1000);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 1000), order);
    }

    [Fact]
    public void Gaussian_numbers_have_mean_zero_and_variance_one()
    {
        var random = new RandomSource(1, "gaussian");
        double[] numbers = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextGaussian())];
        Assert.Equal(0, numbers.Average(), 0.02);
        Assert.Equal(1, numbers.Average(x => x * x), 0.02);
    }
}
