using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>Mean and standard deviation of each group of channels of one image, in one pass.</summary>
internal static class NormStatistics
{
    private const double Epsilon = 1e-5;

    /// <summary>Measures an image whose pixels are whole vectors.</summary>
    /// <param name="shape">The image's shape.</param>
    /// <param name="x">Pixels × columns.</param>
    /// <param name="means">Written: the mean of each group.</param>
    /// <param name="scales">Written: 1 / √(variance + 1e-5) of each group; the variance is the biased one.</param>
    public static void Measure<T>(NormShape shape, ReadOnlySpan<T> x, Span<float> means, Span<float> scales)
        where T : unmanaged, IElement<T>
    {
        using var memory = new PooledSpan<double>(2 * shape.Columns);
        Span<double> channelMeans = memory.Span[..shape.Columns], spreads = memory.Span[shape.Columns..];
        MeasureChannels(ref MemoryMarshal.GetReference(x), shape.Pixels, shape.Columns, channelMeans, spreads);

        int size = shape.GroupChannels;
        for (int group = 0; group < shape.Groups; group++)
        {
            Range channels = (group * size)..((group + 1) * size);
            (means[group], scales[group]) = Join(channelMeans[channels], spreads[channels], shape.Pixels);
        }
    }

    /// <summary>One group's mean and scale from its channels' means and sums of squared deviations.</summary>
    private static (float Mean, float Scale) Join(ReadOnlySpan<double> means, ReadOnlySpan<double> spreads, int pixels)
    {
        double mean = 0, spread = 0;
        foreach (double channelMean in means)
            mean += channelMean;
        mean /= means.Length;
        for (int channel = 0; channel < means.Length; channel++)
        {
            double distance = means[channel] - mean;
            spread += spreads[channel] + pixels * distance * distance;
        }
        return ((float)mean, (float)(1 / Math.Sqrt(spread / ((double)pixels * means.Length) + Epsilon)));
    }

    /// <summary>Each channel's mean and sum of squared deviations from it.</summary>
    private static void MeasureChannels<T>(ref readonly T x, int pixels, int columns, Span<double> means, Span<double> spreads)
        where T : unmanaged, IElement<T>
    {
        means.Clear();
        spreads.Clear();
        for (int top = 0; top < pixels; top += Strips.Height)
        {
            int height = Math.Min(Strips.Height, pixels - top);
            for (int column = 0; column < columns; column += Vector512<float>.Count)
                MeasureStrip(in x, top, height, columns, column, means, spreads);
        }
        for (int channel = 0; channel < columns; channel++)
        {
            spreads[channel] -= means[channel] * means[channel] / pixels;
            means[channel] = T.ToSingle(Unsafe.Add(ref Unsafe.AsRef(in x), channel)) + means[channel] / pixels;
        }
    }

    /// <summary>
    /// Adds the sums of a strip, and of its squares, both measured from the channel's first pixel. Within the strip float32 is
    /// enough, since there they are measured from the strip's own first pixel: a large mean cancels before it is squared.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MeasureStrip<T>(
        ref readonly T x, int top, int height, int columns, int column, Span<double> sums, Span<double> squares)
        where T : unmanaged, IElement<T>
    {
        nuint position = (nuint)top * (nuint)columns + (nuint)column;
        Vector512<float> first = T.Load(in x, position), origin = T.Load(in x, (nuint)column);
        Vector512<float> sum = Vector512<float>.Zero, square = Vector512<float>.Zero;
        for (int row = 0; row < height; row++, position += (nuint)columns)
        {
            Vector512<float> distance = T.Load(in x, position) - first;
            sum += distance;
            square = Vector512.FusedMultiplyAdd(distance, distance, square);
        }

        ref double sumStart = ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), column);
        ref double squareStart = ref Unsafe.Add(ref MemoryMarshal.GetReference(squares), column);
        var count = Vector512.Create((double)height);
        Add(
            Vector512.WidenLower(first) - Vector512.WidenLower(origin), Vector512.WidenLower(sum), Vector512.WidenLower(square),
            count, ref sumStart, ref squareStart, 0);
        Add(
            Vector512.WidenUpper(first) - Vector512.WidenUpper(origin), Vector512.WidenUpper(sum), Vector512.WidenUpper(square),
            count, ref sumStart, ref squareStart, (nuint)Vector512<double>.Count);
    }

    // Σ(d + x) = n d + Σx and Σ(d + x)² = d (n d + 2 Σx) + Σx².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector512<double> distance, Vector512<double> sum, Vector512<double> square, Vector512<double> count,
        ref double sums, ref double squares, nuint at)
    {
        Vector512<double> shifted = Vector512.FusedMultiplyAdd(count, distance, sum);
        (Vector512.LoadUnsafe(ref sums, at) + shifted).StoreUnsafe(ref sums, at);
        Vector512<double> shiftedSquare = Vector512.FusedMultiplyAdd(distance, shifted + sum, square);
        (Vector512.LoadUnsafe(ref squares, at) + shiftedSquare).StoreUnsafe(ref squares, at);
    }
}
