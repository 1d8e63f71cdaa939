using Underpaint.Networks;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

public class WeightAverageTests
{
    [Fact]
    public void After_the_half_life_half_of_the_start_is_left_whatever_the_batch()
    {
        var options = new EmaOptions { HalfLife = 640, RampUp = 0 };
        foreach (int batch in new[] { 1, 8, 64 })
        {
            double left = 1;
            for (long seen = batch; seen <= 640; seen += batch)
                left *= WeightAverage.Decay(options, batch, seen);
            Assert.Equal(0.5, left, 1e-9);
        }
    }

    [Fact]
    public void Early_in_a_run_the_half_life_is_short() =>
        Assert.Equal(0.5, WeightAverage.Decay(new EmaOptions { HalfLife = 50_000, RampUp = 0.05 }, batch: 50, imagesSeen: 1000), 1e-12);

    [Fact]
    public void The_average_moves_by_its_share()
    {
        using WeightSet average = Constant(1), weights = Constant(3);
        WeightAverage.Update(average, weights, 0.75);
        Assert.All(average.ToArray(), value => Assert.Equal(1.5f, value, 1e-6f));
    }

    private static WeightSet Constant(float value)
    {
        var weights = new WeightSet();
        _ = weights.Declare("weight", [2, 3], new WeightInitialization(value, value));
        weights.Initialize(0);
        return weights;
    }
}
