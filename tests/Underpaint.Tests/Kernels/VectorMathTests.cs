using System.Runtime.Intrinsics;
using Underpaint.Kernels;

namespace Underpaint.Tests.Kernels;

public class VectorMathTests
{
    [Fact]
    public void Exp_is_within_one_unit_in_the_last_place()
    {
        double worst = 0;
        foreach (float x in Sweep(87.3f))
            worst = Math.Max(worst, UnitsOff(Math.Exp(x), VectorMath.Exp(Vector512.Create(x))[0]));
        Assert.InRange(worst, 0, 1);
    }

    [Fact]
    public void Sigmoid_is_within_three_units_in_the_last_place()
    {
        double worst = 0;
        foreach (float x in Sweep(80))
            worst = Math.Max(worst, UnitsOff(1 / (1 + Math.Exp(-(double)x)), VectorMath.Sigmoid(Vector512.Create(x))[0]));
        Assert.InRange(worst, 0, 3);
    }

    [Fact]
    public void Every_lane_is_its_own()
    {
        Vector512<float> x = Vector512.ConvertToSingle(Vector512<int>.Indices) - Vector512.Create(8f);
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            Assert.Equal(Math.Exp(x[lane]), VectorMath.Exp(x)[lane], 1e-7 * Math.Exp(x[lane]));
            Assert.Equal(1 / (1 + Math.Exp(-x[lane])), VectorMath.Sigmoid(x)[lane], 1e-7);
        }
    }

    [Theory]
    [InlineData(88.4f)]
    [InlineData(1e30f)]
    [InlineData(float.MaxValue)]
    [InlineData(float.PositiveInfinity)]
    public void Far_out_they_are_at_their_ends(float x)
    {
        Assert.InRange(VectorMath.Exp(Vector512.Create(x))[0], 2.2e38f, 2.3e38f);
        Assert.InRange(VectorMath.Exp(Vector512.Create(-x))[0], 1.1e-38f, 1.3e-38f);
        Assert.Equal(1, VectorMath.Sigmoid(Vector512.Create(x))[0]);
        Assert.InRange(VectorMath.Sigmoid(Vector512.Create(-x))[0], 0, 1e-37f);
    }

    [Fact]
    public void A_number_that_is_none_shows()
    {
        Assert.Equal(float.NaN, VectorMath.Exp(Vector512.Create(float.NaN))[0]);
        Assert.Equal(float.NaN, VectorMath.Sigmoid(Vector512.Create(float.NaN))[0]);
    }

    // Numbers of both signs and all sizes up to the limit, prime steps apart in their bits.
    private static IEnumerable<float> Sweep(float limit)
    {
        for (int bits = 0; bits <= BitConverter.SingleToInt32Bits(limit); bits += 9973)
        {
            yield return BitConverter.Int32BitsToSingle(bits);
            yield return -BitConverter.Int32BitsToSingle(bits);
        }
    }

    private static double UnitsOff(double expected, float actual) =>
        Math.Abs(actual - expected) / (MathF.BitIncrement((float)expected) - (float)expected);
}
