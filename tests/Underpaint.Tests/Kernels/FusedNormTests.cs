using FsCheck;
using FsCheck.Fluent;
using Underpaint.Kernels;

namespace Underpaint.Tests.Kernels;

public class FusedNormTests
{
    private static readonly Exactness Single = new(Terms: 1e-5, Rounding: 0);

    // One rounding to 8 significant bits, of results whose SiLU is within 2e-4 (RoughMath).
    private static readonly Exactness BFloat16 = new(Terms: 3e-4, Rounding: 1.0 / 256);

    [Fact]
    public void Float32_forward_and_backward_agree_with_the_formulas_in_float64() =>
        Check.QuickThrowOnFailure(Prop.ForAll(NormCase.Any(), inputs => AssertAgrees<Float32Element>(inputs, Single)));

    [Fact]
    public void BFloat16_forward_and_backward_agree_but_for_one_rounding() =>
        Check.QuickThrowOnFailure(Prop.ForAll(NormCase.Any(), inputs => AssertAgrees<BFloat16Element>(inputs, BFloat16)));

    [Fact]
    public void An_image_of_several_strips_and_a_rest_agrees_too()
    {
        var whole = new NormCase(new(2, 1000, 32, 8), PerImage: true, Silu: true, 0.1, HasAddend: false, 1);
        var padded = new NormCase(new(2, 1000, 24, 8), PerImage: false, Silu: true, 0.1, HasAddend: true, 1);
        AssertAgrees<Float32Element>(whole, Single);
        AssertAgrees<BFloat16Element>(padded, BFloat16);
    }

    [Theory]
    [InlineData(100, 0.01)]
    [InlineData(-1000, 0.1)]
    [InlineData(30000, 1)]
    public void Statistics_survive_a_large_mean_with_a_small_variance(double mean, double deviation)
    {
        var random = new RandomSource(3, "pixels");
        float[] x = [.. Enumerable.Range(0, 1000 * 16).Select(_ => (float)(mean + deviation * random.NextGaussian()))];
        AssertStatistics(x, 16, 1e-6);
    }

    [Fact]
    public void Statistics_survive_an_outlier_in_the_first_pixel()
    {
        var random = new RandomSource(4, "pixels");
        float[] x = [.. Enumerable.Range(0, 4000 * 16).Select(i => (float)(i < 16 ? 1e4 : random.NextGaussian()))];
        // Within the first strip, 31 times the outlier's square is subtracted from 31 times the outlier's square.
        AssertStatistics(x, 16, 3e-6);
    }

    [Fact]
    public void The_result_may_replace_the_input()
    {
        var inputs = new NormCase(new(2, 40, 33, 3), PerImage: false, Silu: true, 0.1, HasAddend: false, 5);
        Float32Element[] x = Stored<Float32Element>(inputs.X), y = new Float32Element[x.Length];
        var (means, scales) = (new float[6], new float[6]);
        foreach (Float32Element[] result in new[] { y, x })
        {
            FusedNorm.Forward<Float32Element>(
                inputs.Shape, x, result, inputs.Gain, inputs.Offset, inputs.Silu, inputs.Mask, means, scales);
        }
        Assert.Equal(y, x);
    }

    [Fact]
    public void A_number_that_is_none_shows()
    {
        var inputs = new NormCase(new(1, 8, 16, 2), PerImage: false, Silu: true, 0, HasAddend: false, 6);
        BFloat16Element[] x = Stored<BFloat16Element>(inputs.X);
        x[0] = BFloat16Element.FromSingle(float.NaN);
        FusedNorm.Forward<BFloat16Element>(
            inputs.Shape, x, x, inputs.Gain, inputs.Offset, inputs.Silu, inputs.Mask, new float[2], new float[2]);
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(i % 16 < 8, float.IsNaN(BFloat16Element.ToSingle(x[i])));
    }

    [Fact]
    public void Spans_that_do_not_fit_are_refused()
    {
        var shape = new NormShape(2, 3, 4, 2);
        AssertRefused(shape, x: 24, y: 23, gain: 4, offset: 4, statistics: 4);
        AssertRefused(shape, x: 24, y: 24, gain: 4, offset: 8, statistics: 4);
        AssertRefused(shape, x: 24, y: 24, gain: 5, offset: 5, statistics: 4);
        AssertRefused(shape, x: 24, y: 24, gain: 4, offset: 4, statistics: 5);
        AssertRefused(shape with { Groups = 3 }, x: 24, y: 24, gain: 4, offset: 4, statistics: 6);
    }

    private static void AssertRefused(NormShape shape, int x, int y, int gain, int offset, int statistics) =>
        Assert.Throws<ArgumentException>(() => FusedNorm.Forward<Float32Element>(
            shape, new Float32Element[x], new Float32Element[y], new float[gain], new float[offset],
            silu: false, dropout: default, new float[statistics], new float[statistics]));

    private static void AssertAgrees<T>(NormCase inputs, Exactness exactness)
        where T : unmanaged, IElement<T>
    {
        var shape = inputs.Shape;
        var expected = new UnfusedNorm(inputs, MaskOf(inputs));
        T[] x = Stored<T>(inputs.X), y = new T[x.Length], dx = new T[x.Length];
        var (means, scales) = (new float[shape.Images * shape.Groups], new float[shape.Images * shape.Groups]);
        FusedNorm.Forward<T>(shape, x, y, inputs.Gain, inputs.Offset, inputs.Silu, inputs.Mask, means, scales);
        AssertNear(expected.Means, means, Single, 1);
        AssertNear(expected.Scales, scales, Single, 1);
        AssertNear(expected.Y, Read(y), exactness, expected.LargestTerm);

        float[] gainGradient = inputs.StartOfGainGradient, offsetGradient = inputs.StartOfOffsetGradient;
        FusedNorm.Backward<T>(
            shape, x, Stored<T>(inputs.ResultGradient), inputs.HasAddend ? Stored<T>(inputs.Addend) : [], dx, inputs.Gain, inputs.Offset,
            inputs.Silu, inputs.Mask, means, scales, gainGradient, offsetGradient);
        double[] gradient = inputs.HasAddend ? Sum(expected.Gradient, inputs.Addend) : expected.Gradient;
        AssertNear(gradient, Read(dx), exactness, expected.LargestGradientTerm);
        // Sums over pixels, in float32 whatever is stored.
        Exactness ofSums = exactness with { Rounding = 0 };
        double largestSum = expected.LargestMoment * (exactness == Single ? 1 : Math.Sqrt(shape.Images * shape.Pixels));
        AssertNear(Sum(expected.GainGradient, inputs.StartOfGainGradient), gainGradient, ofSums, largestSum);
        AssertNear(Sum(expected.OffsetGradient, inputs.StartOfOffsetGradient), offsetGradient, ofSums, largestSum);
    }

    private static void AssertStatistics(float[] x, int channels, double tolerance)
    {
        var shape = new NormShape(1, x.Length / channels, channels, 1);
        var (mean, scale) = (new float[1], new float[1]);
        FusedNorm.Forward<Float32Element>(
            shape, Stored<Float32Element>(x), new Float32Element[x.Length], new float[channels], new float[channels],
            silu: false, dropout: default, mean, scale);
        double expected = x.Average(value => (double)value);
        double variance = x.Average(value => (value - expected) * (value - expected));
        Assert.Equal(expected, mean[0], 1e-7 * (Math.Abs(expected) + Math.Sqrt(variance)));
        Assert.Equal(1, scale[0] * Math.Sqrt(variance + 1e-5), tolerance);
    }

    // With a gain of 0 and an offset of 1, the mask is all that is left.
    private static float[] MaskOf(NormCase inputs)
    {
        var shape = inputs.Shape;
        var y = new Float32Element[shape.Images * shape.ImageLength];
        float[] ones = new float[shape.Channels], statistics = new float[shape.Images * shape.Groups];
        Array.Fill(ones, 1);
        FusedNorm.Forward<Float32Element>(
            shape, new Float32Element[y.Length], y, new float[shape.Channels], ones, false, inputs.Mask, statistics, statistics);
        return Read(y);
    }

    private static void AssertNear(double[] expected, float[] actual, Exactness exactness, double largestTerm)
    {
        double tolerance = exactness.Terms * Math.Max(largestTerm, expected.Max(Math.Abs));
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance + exactness.Rounding * Math.Abs(expected[i]));
    }

    private static double[] Sum(double[] a, float[] b) => [.. a.Zip(b, (left, right) => left + right)];

    private static T[] Stored<T>(float[] values)
        where T : unmanaged, IElement<T> => [.. values.Select(T.FromSingle)];

    private static float[] Read<T>(T[] elements)
        where T : unmanaged, IElement<T> => [.. elements.Select(T.ToSingle)];

    /// <summary>How near results must be: to the largest term of their sums, and to themselves.</summary>
    private sealed record Exactness(double Terms, double Rounding);
}
