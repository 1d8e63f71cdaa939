using FsCheck;
using FsCheck.Fluent;
using Underpaint.Kernels;

namespace Underpaint.Tests.Kernels;

public class FusedSoftmaxTests
{
    [Fact]
    public void Rows_of_any_length_follow_the_formulas_in_float64() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 70).ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), AssertFollowsFormulas));

    [Fact]
    public void Large_scores_stay_finite_and_sum_to_one()
    {
        float[] y = Softmax([-3e4f, 3e4f, 2.9e4f, 0, -3e38f], 1);
        Assert.All(y.Zip(new[] { 0f, 1, 0, 0, 0 }), pair => Assert.Equal(pair.Second, pair.First, 1e-30f));
    }

    [Fact]
    public void In_bfloat16_it_rounds_once()
    {
        float[] x = [.. Numbers(0, 40).Select(value => BFloat16Element.ToSingle(BFloat16Element.FromSingle(value)))];
        var y = new BFloat16Element[40];
        FusedSoftmax.Forward<BFloat16Element>(40, 0.5f, Array.ConvertAll(x, BFloat16Element.FromSingle), y);
        Assert.All(Softmax(x, 0.5f).Zip(y), pair => Assert.Equal(pair.First, BFloat16Element.ToSingle(pair.Second), pair.First / 256));
    }

    [Fact]
    public void Parts_of_rows_are_refused() =>
        Assert.Throws<ArgumentException>(() => FusedSoftmax.Forward<Float32Element>(3, 1, new Float32Element[4], new Float32Element[4]));

    private static void AssertFollowsFormulas(int length, int rows, int seed)
    {
        const float Scale = 0.7f;
        float[] x = Numbers(seed, length * rows), dy = Numbers(seed + 1, length * rows);
        float[] y = new float[x.Length], dx = new float[x.Length];
        FusedSoftmax.Forward<Float32Element>(length, Scale, Elements(x), Elements(y));
        FusedSoftmax.Backward<Float32Element>(length, Scale, Elements(y), Elements(dy), Elements(dx));
        for (int start = 0; start < x.Length; start += length)
        {
            double[] exponentials = [.. x[start..(start + length)].Select(value => Math.Exp(Scale * value))];
            double[] expected = [.. exponentials.Select(value => value / exponentials.Sum())];
            double mean = expected.Select((share, i) => share * dy[start + i]).Sum();
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(expected[i], y[start + i], 1e-6);
                Assert.Equal(Scale * expected[i] * (dy[start + i] - mean), dx[start + i], 2e-6);
            }
        }
    }

    private static float[] Softmax(float[] x, float scale)
    {
        float[] y = new float[x.Length];
        FusedSoftmax.Forward<Float32Element>(x.Length, scale, Elements(x), Elements(y));
        return y;
    }

    private static Span<Float32Element> Elements(float[] numbers) => System.Runtime.InteropServices.MemoryMarshal.Cast<float, Float32Element>(numbers.AsSpan());

    private static float[] Numbers(int seed, int count)
    {
        var random = new RandomSource(seed, "scores");
        return [.. Enumerable.Range(0, count).Select(_ => (float)(3 * random.NextGaussian()))];
    }
}
