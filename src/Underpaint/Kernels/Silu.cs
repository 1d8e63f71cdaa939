using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>z · sigmoid(z), the sigmoid linear unit.</summary>
/// <typeparam name="T">How the results will be stored, and so how exact they are.</typeparam>
internal readonly struct Silu<T> : IActivation
    where T : unmanaged, IElement<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Value(Vector512<float> z, nuint position) => z * T.Sigmoid(z);

    // s (1 + z (1 − s)) with s = sigmoid(z).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Slope(Vector512<float> z, nuint position)
    {
        Vector512<float> s = T.Sigmoid(z);
        return Vector512.FusedMultiplyAdd(z * s, Vector512<float>.One - s, s);
    }
}
