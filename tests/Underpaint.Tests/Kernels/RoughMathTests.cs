using System.Runtime.Intrinsics;
using Underpaint.Kernels;

namespace Underpaint.Tests.Kernels;

public class RoughMathTests
{
    [Fact]
    public void Both_are_far_nearer_to_the_truth_than_bfloat16_can_show()
    {
        const double Half = 1.0 / 512;  // of the distance between two neighbours, relative
        double ofExp = 0, ofSigmoid = 0;
        for (double x = -80; x <= 80; x += 0.0137)
        {
            ofExp = Math.Max(ofExp, Math.Abs(RoughMath.Exp(Vector512.Create((float)x))[0] / Math.Exp((float)x) - 1));
            ofSigmoid = Math.Max(ofSigmoid, Math.Abs(RoughMath.Sigmoid(Vector512.Create((float)x))[0] * (1 + Math.Exp(-(float)x)) - 1));
        }
        Assert.InRange(ofExp, 0, Half / 15);
        Assert.InRange(ofSigmoid, 0, Half / 10);
    }

    [Theory]
    [InlineData(110f)]
    [InlineData(1e30f)]
    [InlineData(float.PositiveInfinity)]
    public void Far_out_they_are_at_their_ends(float x)
    {
        Assert.InRange(RoughMath.Exp(Vector512.Create(x))[0], 2.2e38f, float.PositiveInfinity);
        Assert.InRange(RoughMath.Exp(Vector512.Create(-x))[0], 0, 1.3e-38f);
        Assert.Equal(1, RoughMath.Sigmoid(Vector512.Create(x))[0]);
        Assert.InRange(RoughMath.Sigmoid(Vector512.Create(-x))[0], 0, 1e-37f);
    }

    [Fact]
    public void A_number_that_is_none_shows()
    {
        Assert.Equal(float.NaN, RoughMath.Exp(Vector512.Create(float.NaN))[0]);
        Assert.Equal(float.NaN, RoughMath.Sigmoid(Vector512.Create(float.NaN))[0]);
    }
}
