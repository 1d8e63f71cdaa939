using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>The forward passes over one image; <see cref="FusedNorm.Forward"/> says what the parameters are.</summary>
internal static class NormForward
{
    public static void Image<T>(
        NormShape shape, ReadOnlySpan<T> x, Span<T> y, ImageLayer layer, Span<float> means, Span<float> scales)
        where T : unmanaged, IElement<T>
    {
        if (shape.FillsVectors)
        {
            Columns(shape, x, y, layer, means, scales);
            return;
        }
        using var padded = new PaddedImage<T>(shape, x);
        Columns(shape, padded.Elements, padded.Elements, layer, means, scales);
        padded.CopyTo(y);
    }

    // From here on an image is pixels × columns.
    private static void Columns<T>(
        NormShape shape, ReadOnlySpan<T> x, Span<T> y, ImageLayer layer, Span<float> means, Span<float> scales)
        where T : unmanaged, IElement<T>
    {
        using var tables = new PooledSpan<float>(FoldedNorm.Length(shape));
        var norm = new FoldedNorm(tables.Span, shape.Columns);

        NormStatistics.Measure(shape, x, means, scales);
        norm.Fold(shape, means, scales, layer);
        switch (layer.Silu, layer.Mask.KeepsAll)
        {
            case (false, true): Apply(x, y, norm, default(Identity)); break;
            case (false, false): Apply(x, y, norm, new Dropped<Identity>(layer.Mask)); break;
            case (true, true): Apply(x, y, norm, default(Silu<T>)); break;
            case (true, false): Apply(x, y, norm, new Dropped<Silu<T>>(layer.Mask)); break;
        }
    }

    // y = activation(gain · x + offset).
    private static void Apply<T, TActivation>(ReadOnlySpan<T> x, Span<T> y, FoldedNorm norm, TActivation activation)
        where T : unmanaged, IElement<T>
        where TActivation : struct, IActivation
    {
        int columns = norm.Gain.Length, pixels = x.Length / columns;
        for (int top = 0; top < pixels; top += Strips.Height)
        {
            int height = Math.Min(Strips.Height, pixels - top);
            for (int column = 0; column < columns; column += Vector512<float>.Count)
            {
                nuint position = (nuint)top * (nuint)columns + (nuint)column;
                var gain = Vector512.Create<float>(norm.Gain.Slice(column));
                var offset = Vector512.Create<float>(norm.Offset.Slice(column));
                ApplyStrip(
                    ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(y), position, height, (nuint)columns,
                    gain, offset, activation);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ApplyStrip<T, TActivation>(
        ref readonly T x, ref T y, nuint position, int height, nuint columns,
        Vector512<float> gain, Vector512<float> offset, TActivation activation)
        where T : unmanaged, IElement<T>
        where TActivation : struct, IActivation
    {
        for (int row = 0; row < height; row++, position += columns)
        {
            Vector512<float> z = Vector512.FusedMultiplyAdd(T.Load(in x, position), gain, offset);
            T.Store(activation.Value(z, position), ref y, position);
        }
    }
}
