using FsCheck;
using FsCheck.Fluent;
using Underpaint.Kernels;

namespace Underpaint.Tests.Kernels;

public class FusedAdamTests
{
    [Fact]
    public void Several_updates_of_any_length_follow_the_formulas_in_float64() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(0, 100).ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), AssertFollowsFormulas));

    [Fact]
    public void A_weight_gets_the_same_bits_wherever_it_stands()
    {
        float[] Updated(int length)
        {
            float[] values = new float[length], first = new float[length], second = new float[length], gradients = new float[length];
            foreach (float[] numbers in new[] { values, first, second, gradients })
                Array.Fill(numbers, 0.3f);
            FusedAdam.Update(values, first, second, gradients, Step(3));
            return [.. values, .. first, .. second];
        }
        foreach (float[] numbers in Updated(37).Chunk(37))
            Assert.All(numbers, number => Assert.Equal(numbers[0], number));
    }

    [Fact]
    public void Spans_of_different_lengths_are_refused()
    {
        float[] four = new float[4];
        _ = Assert.Throws<ArgumentException>(() => FusedAdam.Update(four, four, four, new float[5], Step(1)));
        _ = Assert.Throws<ArgumentException>(() => FusedAdam.Update(four, four, new float[3], four, Step(1)));
    }

    [Fact]
    public void The_sum_of_squares_is_exact_to_float64() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 200).ToArbitrary(), length =>
        {
            float[] values = Numbers("values", length, 1);
            double expected = values.Sum(value => (double)value * value);
            Assert.Equal(expected, FusedAdam.SumOfSquares(values), 1e-13 * expected);
        }));

    [Fact]
    public void A_million_small_squares_are_not_lost_beside_a_large_one()
    {
        float[] values = new float[1_000_001];
        Array.Fill(values, 1e-3f);
        values[0] = 1e3f;
        Assert.Equal(1_000_001, FusedAdam.SumOfSquares(values), 1e-6);
    }

    private static void AssertFollowsFormulas(int length, int seed)
    {
        float[] values = Numbers("values", length, seed), first = new float[length], second = new float[length];
        double[] w = Widen(values), m = new double[length], v = new double[length];
        for (int update = 1; update <= 3; update++)
        {
            float[] gradients = Numbers($"gradients {update}", length, seed);
            AdamStep step = Step(update);
            FusedAdam.Update(values, first, second, gradients, step);
            for (int i = 0; i < length; i++)
            {
                double g = gradients[i] * step.GradientScale;
                m[i] = step.Beta1 * m[i] + (1 - step.Beta1) * g;
                v[i] = step.Beta2 * v[i] + (1 - step.Beta2) * g * g;
                w[i] *= 1 - step.LearningRate * step.WeightDecay;
                w[i] -= step.LearningRate * (m[i] / step.FirstCorrection) / (Math.Sqrt(v[i] / step.SecondCorrection) + step.Epsilon);
            }
        }
        AssertNear(w, values);
        AssertNear(m, first);
        AssertNear(v, second);
    }

    private static AdamStep Step(int update) =>
        new(0.01, 0.9, 0.999, 1e-3, 0.1, 1 - Math.Pow(0.9, update), 1 - Math.Pow(0.999, update), 0.7);

    private static void AssertNear(double[] expected, float[] actual)
    {
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6 * Math.Max(1, Math.Abs(expected[i])));
    }

    private static double[] Widen(float[] numbers) => [.. numbers.Select(number => (double)number)];

    private static float[] Numbers(string purpose, int count, long seed)
    {
        var random = new RandomSource(seed, purpose);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }
}
