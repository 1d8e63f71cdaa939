using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Underpaint.Kernels;

/// <summary>
/// Functions of 16 numbers at a time, within 2e-4 of the truth: for results that are then rounded to bfloat16, whose own steps
/// are twenty times as large. Half as many instructions as <see cref="VectorMath"/>, and no division.
/// </summary>
internal static class RoughMath
{
    private const float Log2E = 1.44269504f;

    /// <summary>e^x, at its ends 0 and infinity. NaN stays NaN.</summary>
    /// <param name="x">Any numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
            return VectorMath.Exp(x);

        // e^x = 2^n · 2^r with n whole and |r| ≤ ½; 2^r by the cubic of least relative error (7.5e-5).
        Vector512<float> power = x * Vector512.Create(Log2E), n = Vector512.Round(power), r = power - n;
        Vector512<float> p = Vector512.Create(0.05517167f);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.24261112f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.69326099f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.99992807f));
        return Avx512F.Scale(p, n);
    }

    /// <summary>1 / (1 + e^−x). NaN stays NaN.</summary>
    /// <param name="x">Any numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        Vector512<float> divisor = Vector512<float>.One + Exp(-x);
        return Avx512F.IsSupported ? Avx512F.Reciprocal14(divisor) : Vector512<float>.One / divisor;
    }
}
