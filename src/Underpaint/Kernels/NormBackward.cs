using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>The backward passes over one image; <see cref="FusedNorm.Backward"/> says what the parameters are.</summary>
internal static class NormBackward
{
    public static void Image<T>(
        NormShape shape, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> addend, Span<T> dx,
        ImageLayer layer, ReadOnlySpan<float> means, ReadOnlySpan<float> scales,
        Span<float> gainGradient, Span<float> offsetGradient)
        where T : unmanaged, IElement<T>
    {
        if (shape.FillsVectors)
        {
            Columns(shape, x, dy, addend, dx, layer, means, scales, gainGradient, offsetGradient);
            return;
        }
        using var paddedX = new PaddedImage<T>(shape, x);
        using var paddedGradient = new PaddedImage<T>(shape, dy);
        // Starts as the addend; without one it is only room, and what it holds does not matter.
        using var paddedResult = new PaddedImage<T>(shape, addend.IsEmpty ? x : addend);
        Columns<Float32Element>(
            shape, paddedX.Elements, paddedGradient.Elements, addend.IsEmpty ? [] : paddedResult.Elements, paddedResult.Elements,
            layer, means, scales, gainGradient, offsetGradient);
        paddedResult.CopyTo(dx);
    }

    // From here on an image is pixels × columns.
    private static void Columns<T>(
        NormShape shape, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> addend, Span<T> dx,
        ImageLayer layer, ReadOnlySpan<float> means, ReadOnlySpan<float> scales,
        Span<float> gainGradient, Span<float> offsetGradient)
        where T : unmanaged, IElement<T>
    {
        using var tables = new PooledSpan<float>(FoldedNorm.Length(shape) + FoldedGradient.Length(shape));
        using var sumTables = new PooledSpan<double>(ChannelSums.Length(shape));
        using var dz = new PooledSpan<float>(shape.PaddedLength);
        var norm = new FoldedNorm(tables.Span[..FoldedNorm.Length(shape)], shape.Columns);
        var gradient = new FoldedGradient(tables.Span[FoldedNorm.Length(shape)..], shape.Columns);
        var sums = new ChannelSums(sumTables.Span, shape.Columns);

        norm.Fold(shape, means, scales, layer);
        switch (layer.Silu, layer.Mask.KeepsAll)
        {
            case (false, true): Collect(x, dy, dz.Span, norm, default(Identity), sums); break;
            case (false, false): Collect(x, dy, dz.Span, norm, new Dropped<Identity>(layer.Mask), sums); break;
            case (true, true): Collect(x, dy, dz.Span, norm, default(Silu<T>), sums); break;
            case (true, false): Collect(x, dy, dz.Span, norm, new Dropped<Silu<T>>(layer.Mask), sums); break;
        }
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            gainGradient[channel] += (float)sums.Moments[channel];
            offsetGradient[channel] += (float)sums.Gradients[channel];
        }
        gradient.Fold(shape, norm, layer.Gain, sums);
        Apply(x, dz.Span, addend, dx, norm.Gain, gradient);
    }

    // dz = dy · activation'(z), kept in float32, and its sums.
    private static void Collect<T, TActivation>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<float> dz, FoldedNorm norm, TActivation activation, ChannelSums sums)
        where T : unmanaged, IElement<T>
        where TActivation : struct, IActivation
    {
        sums.Clear();
        int columns = norm.Gain.Length, pixels = x.Length / columns;
        for (int top = 0; top < pixels; top += Strips.Height)
        {
            int height = Math.Min(Strips.Height, pixels - top);
            for (int column = 0; column < columns; column += Vector512<float>.Count)
            {
                nuint position = (nuint)top * (nuint)columns + (nuint)column;
                (Vector512<float> sum, Vector512<float> moment) = CollectStrip(
                    ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(dy), ref MemoryMarshal.GetReference(dz),
                    position, height, norm, column, activation);
                sums.Add(column, sum, moment);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Sum, Vector512<float> Moment) CollectStrip<T, TActivation>(
        ref readonly T x, ref readonly T dy, ref float dz, nuint position, int height,
        FoldedNorm norm, int column, TActivation activation)
        where T : unmanaged, IElement<T>
        where TActivation : struct, IActivation
    {
        nuint columns = (nuint)norm.Gain.Length;
        var scale = Vector512.Create<float>(norm.Scale.Slice(column));
        var shift = Vector512.Create<float>(norm.Shift.Slice(column));
        var gain = Vector512.Create<float>(norm.Gain.Slice(column));
        var offset = Vector512.Create<float>(norm.Offset.Slice(column));
        Vector512<float> sum = Vector512<float>.Zero, moment = Vector512<float>.Zero;
        for (int row = 0; row < height; row++, position += columns)
        {
            Vector512<float> input = T.Load(in x, position);
            Vector512<float> z = Vector512.FusedMultiplyAdd(input, gain, offset);
            Vector512<float> gradient = T.Load(in dy, position) * activation.Slope(z, position);
            gradient.StoreUnsafe(ref dz, position);
            sum += gradient;
            moment = Vector512.FusedMultiplyAdd(gradient, Vector512.FusedMultiplyAdd(input, scale, shift), moment);
        }
        return (sum, moment);
    }

    // dx = gain · dz + slope · x + term + addend.
    private static void Apply<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<float> dz, ReadOnlySpan<T> addend, Span<T> dx,
        ReadOnlySpan<float> gain, FoldedGradient gradient)
        where T : unmanaged, IElement<T>
    {
        int columns = gain.Length, pixels = x.Length / columns;
        for (int top = 0; top < pixels; top += Strips.Height)
        {
            int height = Math.Min(Strips.Height, pixels - top);
            for (int column = 0; column < columns; column += Vector512<float>.Count)
            {
                nuint position = (nuint)top * (nuint)columns + (nuint)column;
                ApplyStrip(
                    ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(dz), ref MemoryMarshal.GetReference(addend),
                    !addend.IsEmpty, ref MemoryMarshal.GetReference(dx), position, height, (nuint)columns,
                    Vector512.Create(gain.Slice(column)),
                    Vector512.Create<float>(gradient.Slope.Slice(column)),
                    Vector512.Create<float>(gradient.Term.Slice(column)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ApplyStrip<T>(
        ref readonly T x, ref readonly float dz, ref readonly T addend, bool hasAddend, ref T dx, nuint position, int height, nuint columns,
        Vector512<float> gain, Vector512<float> slope, Vector512<float> term)
        where T : unmanaged, IElement<T>
    {
        for (int row = 0; row < height; row++, position += columns)
        {
            Vector512<float> result = Vector512.FusedMultiplyAdd(T.Load(in x, position), slope, term);
            result = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(in dz, position), gain, result);
            if (hasAddend)
                result += T.Load(in addend, position);
            T.Store(result, ref dx, position);
        }
    }
}
