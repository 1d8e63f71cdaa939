using Underpaint.Codes.Probes;

namespace Underpaint.Tests.Codes.Probes;

public sealed class RegressionTests
{
    private const int Size = 4;

    [Fact]
    public void The_minimum_of_a_long_valley_is_found()
    {
        double[] scales = [1, 100, 10_000, 3], middle = [1, -2, 3, 0.5];
        double[] found = LimitedMemoryBfgs.Minimize((at, gradient) =>
        {
            for (int i = 0; i < at.Length; i++)
                gradient[i] = scales[i] * (at[i] - middle[i]);
            return at.Select((x, i) => scales[i] / 2 * (x - middle[i]) * (x - middle[i])).Sum();
        }, new double[4]);
        Assert.All(found.Zip(middle), pair => Assert.Equal(pair.Second, pair.First, 1e-7));
    }

    [Fact]
    public void Gradients_are_the_slopes_of_the_losses()
    {
        double[] inputs = Inputs(30, seed: 1), at = Inputs(4, seed: 2);
        int[] labels = [.. Enumerable.Range(0, 30).Select(i => i * i % 3)];
        bool[] halves = [.. labels.Select(label => label == 0)];
        CheckGradient((x, gradient) => SoftmaxRegression.Loss(inputs, labels, 3, Size, 0.1, x, gradient), at[..(3 * (Size + 1))]);
        CheckGradient((x, gradient) => LogisticRegression.Loss(inputs, halves, 0.1, x, gradient), at[..(Size + 1)]);
    }

    [Fact]
    public void At_the_solution_the_gradient_vanishes()
    {
        double[] inputs = Inputs(60, seed: 3);
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % 3)];
        var gradient = new double[3 * (Size + 1)];
        SoftmaxRegression.Loss(inputs, labels, 3, Size, 0.01, SoftmaxRegression.Fit(inputs, labels, 3, 0.01, tolerance: 1e-9).Parameters, gradient);
        Assert.True(gradient.Max(Math.Abs) < 1e-8);
    }

    [Fact]
    public void Of_two_classes_it_is_logistic_regression_with_half_the_penalty()
    {
        double[] inputs = Inputs(50, seed: 4);
        bool[] labels = [.. Enumerable.Range(0, 50).Select(i => inputs[i * Size] + 0.8 * inputs[i * Size + 1] * inputs[i * Size + 2] > 0)];
        double[] both = SoftmaxRegression.Fit(inputs, [.. labels.Select(label => label ? 1 : 0)], 2, 0.02, tolerance: 1e-9).Parameters;
        LinearScore one = LogisticRegression.Fit(inputs, labels, penalty: 0.01);
        for (int i = 0; i < Size; i++)
            Assert.Equal(one.Weights[i], both[Size + 1 + i] - both[i], 1e-5);
        Assert.Equal(one.Bias, both[2 * Size + 1] - both[Size], 1e-5);
    }

    [Fact]
    public void Of_one_yes_or_no_input_the_answer_is_known()
    {
        // Of ten images without it 3 have the attribute, of twenty with it 15.
        double[] inputs = [.. Enumerable.Repeat(0.0, 10), .. Enumerable.Repeat(1.0, 20)];
        bool[] labels = [.. Enumerable.Range(0, 10).Select(i => i < 3), .. Enumerable.Range(0, 20).Select(i => i < 15)];
        LinearScore score = LogisticRegression.Fit(inputs, labels, penalty: 1e-12);
        Assert.Equal(Math.Log(3 / 7.0), score.Bias, 1e-5);
        Assert.Equal(Math.Log(15 / 5.0) - Math.Log(3 / 7.0), score.Weights[0], 1e-5);
    }

    [Fact]
    public void Separable_classes_have_finite_weights_by_their_penalty()
    {
        LinearScore score = LogisticRegression.Fit([-1, -2, 1, 2], [false, false, true, true], penalty: 0.01);
        Assert.InRange(score.Weights[0], 1, 10);
        Assert.Equal(0, score.Bias, 1e-6);
    }

    [Fact]
    public void Ridge_regression_solves_its_normal_equations()
    {
        double[] inputs = Inputs(40, seed: 5), targets = [.. Enumerable.Range(0, 40).Select(i => 3 + inputs[i * Size] - 2 * inputs[i * Size + 3] + Math.Sin(i))];
        LinearScore score = RidgeRegression.Fit(inputs, targets, penalty: 0.3);
        double[] errors = [.. score.Of(inputs).Zip(targets, (guess, target) => guess - target)];
        Assert.Equal(0, errors.Average(), 1e-12);
        for (int column = 0; column < Size; column++)
            Assert.Equal(0, errors.Select((error, i) => error * inputs[i * Size + column]).Average() + 0.3 * score.Weights[column], 1e-12);
    }

    [Fact]
    public void Scores_are_judged_as_in_the_textbook()
    {
        BinaryScores scores = BinaryScores.Of([-0.4, -0.1, -0.15, 0.3], [false, false, true, true]);
        Assert.Equal((0.75, 0.75, 0.75), (scores.Accuracy, scores.BalancedAccuracy, scores.Auroc));
        Assert.Equal(0.5 * 1 + 0.5 * 2 / 3, scores.AveragePrecision, 1e-12);
        BinaryScores same = BinaryScores.Of([1, 1, 1, 1, 1], [true, false, false, true, false]);
        Assert.Equal((0.4, 0.5, 0.5), (same.Accuracy, same.BalancedAccuracy, same.Auroc));
        Assert.Equal(0.4, same.AveragePrecision, 1e-12);
    }

    private static void CheckGradient(LimitedMemoryBfgs.Function loss, double[] at)
    {
        const double Step = 1e-6;
        double[] gradient = new double[at.Length], unused = new double[at.Length];
        loss(at, gradient);
        for (int i = 0; i < at.Length; i++)
        {
            double[] up = [.. at], down = [.. at];
            (up[i], down[i]) = (at[i] + Step, at[i] - Step);
            Assert.Equal((loss(up, unused) - loss(down, unused)) / (2 * Step), gradient[i], 1e-7);
        }
    }

    private static double[] Inputs(int count, long seed)
    {
        var random = new RandomSource(seed, "inputs");
        return [.. Enumerable.Range(0, count * Size).Select(_ => random.NextGaussian())];
    }
}
