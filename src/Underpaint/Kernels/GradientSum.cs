using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>Adds up what several backward passes found.</summary>
internal static class GradientSum
{
    /// <summary>Adds gradients to as many others, and clears them for the next pass.</summary>
    /// <param name="from">Added, then zero.</param>
    /// <param name="into">Added to.</param>
    public static void Drain<T>(Span<T> from, Span<float> into) where T : unmanaged, IElement<T>
    {
        if (from.Length != into.Length)
            throw new ArgumentException($"{from.Length} gradients cannot be added to {into.Length}.");
        ref T source = ref MemoryMarshal.GetReference(from);
        ref float sum = ref MemoryMarshal.GetReference(into);
        int whole = from.Length - from.Length % Vector512<float>.Count;
        for (int i = 0; i < whole; i += Vector512<float>.Count)
            (T.Load(in source, (nuint)i) + Vector512.LoadUnsafe(ref sum, (nuint)i)).StoreUnsafe(ref sum, (nuint)i);
        for (int i = whole; i < from.Length; i++)
            into[i] += T.ToSingle(from[i]);
        from.Clear();
    }
}
