using System.Runtime.InteropServices;

namespace Underpaint.Storage.Torch;

/// <summary>Puts the elements of a strided tensor in row-major order.</summary>
internal static class StridedCopy
{
    /// <summary>Copies elements.</summary>
    /// <param name="source">From the tensor's first element to its last.</param>
    /// <param name="shape">Its dimensions, outermost first; none is 0.</param>
    /// <param name="strides">For each dimension, how many elements lie from one index to the next.</param>
    /// <param name="size">Bytes of an element: 1, 2, 4 or 8.</param>
    /// <param name="destination">Where to; as long as the shape asks for.</param>
    public static void Gather(
        ReadOnlySpan<byte> source, IReadOnlyList<long> shape, IReadOnlyList<long> strides, int size, Span<byte> destination)
    {
        (long Size, long Stride)[] dimensions = [.. shape.Zip(strides).Where(dimension => dimension.First > 1)];
        switch (size)
        {
            case 1: Gather(source, dimensions, destination); break;
            case 2: Gather(As<ushort>(source), dimensions, As<ushort>(destination)); break;
            case 4: Gather(As<uint>(source), dimensions, As<uint>(destination)); break;
            default: Gather(As<ulong>(source), dimensions, As<ulong>(destination)); break;
        }
    }

    private static void Gather<T>(ReadOnlySpan<T> source, (long Size, long Stride)[] dimensions, Span<T> destination)
    {
        (long rowLength, long step) = dimensions is [.., var innermost] ? innermost : (1, 1);
        var index = new long[dimensions.Length];
        for (long start = 0; !destination.IsEmpty; destination = destination[(int)rowLength..])
        {
            CopyRow(source[(int)start..], (int)step, destination[..(int)rowLength]);
            // Go to the next row, as an odometer does.
            for (int d = dimensions.Length - 2; d >= 0; d--)
            {
                start += dimensions[d].Stride;
                if (++index[d] < dimensions[d].Size)
                    break;
                start -= dimensions[d].Size * dimensions[d].Stride;
                index[d] = 0;
            }
        }
    }

    private static void CopyRow<T>(ReadOnlySpan<T> source, int step, Span<T> row)
    {
        if (step == 1)
            source[..row.Length].CopyTo(row);
        else if (step == 0)
            row.Fill(source[0]);
        else
        {
            for (int i = 0; i < row.Length; i++)
                row[i] = source[i * step];
        }
    }

    private static ReadOnlySpan<T> As<T>(ReadOnlySpan<byte> bytes) where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes);

    private static Span<T> As<T>(Span<byte> bytes) where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes);
}
