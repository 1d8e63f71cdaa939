using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>Softmax of scaled scores, row by row: y = exp(scale · x) / Σ exp(scale · x), in one pass over memory.</summary>
internal static class FusedSoftmax
{
    private static int Width => Vector512<float>.Count;

    /// <summary>Computes y.</summary>
    /// <param name="length">Scores in a row; a whole number of rows is given.</param>
    /// <param name="scale">Multiplies the scores; above 0.</param>
    /// <param name="x">The scores.</param>
    /// <param name="y">Written; may be <paramref name="x"/>.</param>
    public static void Forward<T>(int length, float scale, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IElement<T>
    {
        Check(length, x.Length, y.Length);
        using var memory = new PooledSpan<float>(Padded(length));
        for (int start = 0; start < x.Length; start += length)
            ForwardRow(scale, x.Slice(start, length), y.Slice(start, length), memory.Span);
    }

    /// <summary>Computes the gradient of x: scale · y · (dy − Σ y dy).</summary>
    /// <param name="length">As in <see cref="Forward"/>.</param>
    /// <param name="scale">As in <see cref="Forward"/>.</param>
    /// <param name="y">As <see cref="Forward"/> wrote it.</param>
    /// <param name="dy">The gradient of y.</param>
    /// <param name="dx">Written; may be <paramref name="dy"/>.</param>
    public static void Backward<T>(int length, float scale, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) where T : unmanaged, IElement<T>
    {
        Check(length, y.Length, dx.Length);
        Check(length, dy.Length, dx.Length);
        for (int start = 0; start < y.Length; start += length)
            BackwardRow(scale, y.Slice(start, length), dy.Slice(start, length), dx.Slice(start, length));
    }

    private static void ForwardRow<T>(float scale, ReadOnlySpan<T> x, Span<T> y, Span<float> memory) where T : unmanaged, IElement<T>
    {
        int whole = x.Length - x.Length % Width;
        // Padded with the lowest number, whose exponential adds nothing.
        memory[whole..].Fill(float.MinValue);
        ref T from = ref MemoryMarshal.GetReference(x);
        ref T to = ref MemoryMarshal.GetReference(y);
        ref float row = ref MemoryMarshal.GetReference(memory);
        var largest = Vector512.Create(float.MinValue);
        for (int i = 0; i < whole; i += Width)
        {
            Vector512<float> values = T.Load(in from, (nuint)i);
            values.StoreUnsafe(ref row, (nuint)i);
            largest = Vector512.MaxNative(values, largest);
        }
        for (int i = whole; i < x.Length; i++)
            memory[i] = T.ToSingle(x[i]);
        largest = Vector512.MaxNative(largest, Vector512.LoadUnsafe(ref row, (nuint)(memory.Length - Width)));

        var shift = Vector512.Create(-scale * Largest(largest));
        var factor = Vector512.Create(scale);
        Vector512<float> sum = Vector512<float>.Zero;
        for (nuint i = 0; i < (nuint)memory.Length; i += (nuint)Width)
        {
            Vector512<float> exponent = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, i), factor, shift);
            Vector512<float> value = T.Exp(exponent);
            value.StoreUnsafe(ref row, i);
            sum += value;
        }

        float share = 1 / Vector512.Sum(sum);
        for (int i = 0; i < whole; i += Width)
            T.Store(Vector512.LoadUnsafe(ref row, (nuint)i) * share, ref to, (nuint)i);
        for (int i = whole; i < y.Length; i++)
            y[i] = T.FromSingle(memory[i] * share);
    }

    private static void BackwardRow<T>(float scale, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) where T : unmanaged, IElement<T>
    {
        int whole = y.Length - y.Length % Width;
        ref T value = ref MemoryMarshal.GetReference(y);
        ref T gradient = ref MemoryMarshal.GetReference(dy);
        ref T result = ref MemoryMarshal.GetReference(dx);
        Vector512<float> products = Vector512<float>.Zero;
        for (int i = 0; i < whole; i += Width)
            products = Vector512.FusedMultiplyAdd(T.Load(in value, (nuint)i), T.Load(in gradient, (nuint)i), products);
        float mean = Vector512.Sum(products);
        for (int i = whole; i < y.Length; i++)
            mean += T.ToSingle(y[i]) * T.ToSingle(dy[i]);

        var center = Vector512.Create(mean);
        for (int i = 0; i < whole; i += Width)
            T.Store((T.Load(in gradient, (nuint)i) - center) * T.Load(in value, (nuint)i) * scale, ref result, (nuint)i);
        for (int i = whole; i < y.Length; i++)
            dx[i] = T.FromSingle((T.ToSingle(dy[i]) - mean) * T.ToSingle(y[i]) * scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Largest(Vector512<float> values)
    {
        float largest = values[0];
        for (int i = 1; i < Width; i++)
            largest = Math.Max(largest, values[i]);
        return largest;
    }

    private static int Padded(int length) => (length + Width - 1) / Width * Width;

    private static void Check(int length, int one, int other)
    {
        if (length < 1 || one != other || one % length != 0)
            throw new ArgumentException($"{one} and {other} numbers are not as many whole rows of {length}.");
    }
}
