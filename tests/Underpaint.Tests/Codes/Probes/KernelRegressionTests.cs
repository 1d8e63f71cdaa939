using Underpaint.Codes.Probes;

namespace Underpaint.Tests.Codes.Probes;

public class KernelRegressionTests
{
    [Fact]
    public void It_finds_what_no_line_can()
    {
        var random = new RandomSource(5, "products");
        double[] inputs = [.. Enumerable.Range(0, 2 * 400).Select(_ => random.NextGaussian())];
        double[] products = [.. inputs.Chunk(2).Select(pair => pair[0] * pair[1])];
        KernelScore score = KernelRegression.Fit(inputs[..600], products[..300], 300);
        double[] told = [.. inputs[600..].Chunk(2).Select(pair => score.Of(pair)[0])];
        Assert.InRange(ExplainedVariance.Of(told, products[300..])!.Value, 0.95, 1);
        LinearScore line = RidgeRegression.Fit(inputs[..600], products[..300], 1e-3);
        Assert.InRange(ExplainedVariance.Of(line.Of(inputs[600..]), products[300..])!.Value, -0.2, 0.2);
    }

    [Fact]
    public void It_solves_its_equations()
    {
        // The weights w are those for which Σ k(x, xᵢ) wᵢ + 0.01 w = y at every example.
        double[] inputs = [0, 1, 3, 4.5], targets = [1, -1, 2, 0, -3, 1, 0.5, 0.5];
        KernelScore score = KernelRegression.Fit(inputs, targets, 4);
        double mean = inputs.Average();
        Assert.Equal(2 * inputs.Average(value => (value - mean) * (value - mean)), score.Scale, 1e-12);
        for (int i = 0; i < 4; i++)
        {
            double[] at = score.Of([inputs[i]]);
            Assert.Equal(targets[2 * i], at[0] + 0.01 * score.Weights[2 * i], 1e-5);
            Assert.Equal(targets[2 * i + 1], at[1] + 0.01 * score.Weights[2 * i + 1], 1e-5);
        }
        Assert.All(score.Of([1000]), value => Assert.Equal(0, value, 1e-9));
    }

    [Fact]
    public void Inputs_that_are_all_the_same_tell_the_mean()
    {
        KernelScore score = KernelRegression.Fit([2, 2, 2, 2], [1, 2, 3, 6], 4);
        Assert.Equal(3, score.Of([2])[0], 0.01);
    }
}
