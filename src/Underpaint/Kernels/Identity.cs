using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>z itself.</summary>
internal readonly struct Identity : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Value(Vector512<float> z, nuint position) => z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Slope(Vector512<float> z, nuint position) => Vector512<float>.One;
}
