using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>The sum at the end of a residual block.</summary>
internal static class ResidualSum
{
    /// <summary>y + x, into <paramref name="y"/>, rounded once.</summary>
    /// <param name="x">Added.</param>
    /// <param name="y">As many numbers; added to.</param>
    public static void AddInto<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IElement<T>
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} numbers cannot be added to {y.Length}.");
        ref T added = ref MemoryMarshal.GetReference(x);
        ref T sum = ref MemoryMarshal.GetReference(y);
        int whole = x.Length - x.Length % Vector512<float>.Count;
        for (int i = 0; i < whole; i += Vector512<float>.Count)
            T.Store(T.Load(in sum, (nuint)i) + T.Load(in added, (nuint)i), ref sum, (nuint)i);
        for (int i = whole; i < x.Length; i++)
            y[i] = T.FromSingle(T.ToSingle(y[i]) + T.ToSingle(x[i]));
    }
}
