using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>Functions of 16 numbers at a time that stay in float32; the runtime's own ones widen to double.</summary>
internal static class VectorMath
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: the first has so few bits that a whole multiple of it is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Added to a small number, 1.5 · 2^23 rounds it to a whole one and leaves that in the low bits.
    private const float Rounder = 12582912;

    /// <summary>
    /// e^x within 1 unit in the last place. Below −87.3 and above 88.3 the result stays what it is there: neither 0 nor
    /// infinite. NaN stays NaN.
    /// </summary>
    /// <param name="x">Any numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        // In this order the instructions hand a NaN on.
        x = Vector512.MaxNative(Vector512.Create(-87.3f), Vector512.MinNative(Vector512.Create(88.3f), x));

        // x = n ln 2 + r with n whole and |r| ≤ ½ ln 2.
        Vector512<float> shifted = Fma(x, Vector512.Create(Log2E), Vector512.Create(Rounder));
        Vector512<float> n = shifted - Vector512.Create(Rounder);
        Vector512<float> r = Fma(n, Vector512.Create(-Ln2High), x);
        r = Fma(n, Vector512.Create(-Ln2Low), r);

        // e^r = 1 + r + r² q(r), q fitted for the least relative error of e^r (3e-9).
        Vector512<float> p = Vector512.Create(1.381453988870632e-3f);
        p = Fma(p, r, Vector512.Create(8.36874512717926e-3f));
        p = Fma(p, r, Vector512.Create(4.166839078951179e-2f));
        p = Fma(p, r, Vector512.Create(0.1666652039884602f));
        p = Fma(p, r, Vector512.Create(0.4999999343209968f));
        p = Fma(p, r, Vector512<float>.One);
        p = Fma(p, r, Vector512<float>.One);

        // Times 2^n: n is added to the exponent.
        return (p.AsInt32() + (shifted.AsInt32() << 23)).AsSingle();
    }

    /// <summary>1 / (1 + e^−x), within 2 units in the last place where it is not tiny.</summary>
    /// <param name="x">Any numbers; NaN stays NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) =>
        Vector512<float>.One / (Vector512<float>.One + Exp(-x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);
}
