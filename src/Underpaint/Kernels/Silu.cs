using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>z · sigmoid(z), the sigmoid linear unit.</summary>
internal readonly struct Silu : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Value(Vector512<float> z, nuint position) => z / (Vector512<float>.One + VectorMath.Exp(-z));

    // s (1 + z (1 − s)) with s = sigmoid(z).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Slope(Vector512<float> z, nuint position)
    {
        Vector512<float> s = VectorMath.Sigmoid(z);
        return Vector512.FusedMultiplyAdd(z * s, Vector512<float>.One - s, s);
    }
}
