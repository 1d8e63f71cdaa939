using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>The sum of each column of a matrix: the gradient of a bias.</summary>
internal static class ColumnSum
{
    /// <summary>Adds up the rows in float32, in an order that depends on the sizes alone.</summary>
    /// <param name="matrix">Rows × columns; a whole number of rows.</param>
    /// <param name="sums">Added to: one for each column.</param>
    public static void Add<T>(ReadOnlySpan<T> matrix, Span<float> sums) where T : unmanaged, IElement<T>
    {
        if (sums.Length == 0 || matrix.Length % sums.Length != 0)
            throw new ArgumentException($"{matrix.Length} numbers are not whole rows of {sums.Length}.");
        int columns = sums.Length, rows = matrix.Length / columns, whole = columns - columns % Vector512<float>.Count;
        for (int top = 0; top < rows; top += Strips.Height)
        {
            ReadOnlySpan<T> strip = matrix[(top * columns)..(Math.Min(top + Strips.Height, rows) * columns)];
            for (int column = 0; column < whole; column += Vector512<float>.Count)
                AddStrip(strip, column, sums);
            for (int column = whole; column < columns; column++)
                for (int i = column; i < strip.Length; i += columns)
                    sums[column] += T.ToSingle(strip[i]);
        }
    }

    private static void AddStrip<T>(ReadOnlySpan<T> strip, int column, Span<float> sums) where T : unmanaged, IElement<T>
    {
        ref T start = ref MemoryMarshal.GetReference(strip);
        ref float sum = ref sums[column];
        Vector512<float> total = Vector512<float>.Zero;
        for (int i = column; i < strip.Length; i += sums.Length)
            total += T.Load(in start, (nuint)i);
        (Vector512.LoadUnsafe(ref sum) + total).StoreUnsafe(ref sum);
    }
}
