using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>
/// Blocks of 2 × 2 pixels that become one pixel, and pixels that become such blocks: average pooling and nearest-neighbour doubling,
/// each of which is the other's gradient but for a factor. Images are stored as images × rows × columns × channels.
/// </summary>
internal static class PixelBlocks
{
    /// <summary>Each block's sum, times <paramref name="factor"/>, added up in float32.</summary>
    /// <param name="fine">Images of 2 H × 2 W pixels.</param>
    /// <param name="coarse">Becomes as many images of H × W pixels.</param>
    /// <param name="width">W, columns of <paramref name="coarse"/>.</param>
    /// <param name="channels">Numbers for each pixel.</param>
    /// <param name="factor">1/4 for the mean.</param>
    public static void Merge<T>(ReadOnlySpan<T> fine, Span<T> coarse, int width, int channels, float factor) where T : unmanaged, IElement<T>
    {
        int rows = Rows(fine.Length, coarse.Length, width, channels), fineRow = 2 * width * channels;
        int whole = channels - channels % Vector512<float>.Count;
        ref T source = ref MemoryMarshal.GetReference(fine);
        ref T target = ref MemoryMarshal.GetReference(coarse);
        for (int pixel = 0; pixel < rows * width; pixel++)
        {
            // The rows below each other in one image are so in the row of all images.
            int left = pixel / width * 2 * fineRow + pixel % width * 2 * channels, right = left + channels, at = pixel * channels;
            for (int c = 0; c < whole; c += Vector512<float>.Count)
            {
                Vector512<float> upper = T.Load(in source, (nuint)(left + c)) + T.Load(in source, (nuint)(right + c));
                Vector512<float> lower = T.Load(in source, (nuint)(left + fineRow + c)) + T.Load(in source, (nuint)(right + fineRow + c));
                T.Store((upper + lower) * factor, ref target, (nuint)(at + c));
            }
            for (int c = whole; c < channels; c++)
            {
                float upper = T.ToSingle(fine[left + c]) + T.ToSingle(fine[right + c]);
                float lower = T.ToSingle(fine[left + fineRow + c]) + T.ToSingle(fine[right + fineRow + c]);
                coarse[at + c] = T.FromSingle((upper + lower) * factor);
            }
        }
    }

    /// <summary>Each pixel, times <paramref name="factor"/>, in all four places of its block.</summary>
    /// <param name="coarse">Images of H × W pixels.</param>
    /// <param name="fine">Becomes as many images of 2 H × 2 W pixels.</param>
    /// <param name="width">W, columns of <paramref name="coarse"/>.</param>
    /// <param name="channels">Numbers for each pixel.</param>
    /// <param name="factor">1 for doubling.</param>
    public static void Spread<T>(ReadOnlySpan<T> coarse, Span<T> fine, int width, int channels, float factor) where T : unmanaged, IElement<T>
    {
        int rows = Rows(fine.Length, coarse.Length, width, channels), fineRow = 2 * width * channels;
        int whole = channels - channels % Vector512<float>.Count;
        ref T source = ref MemoryMarshal.GetReference(coarse);
        ref T target = ref MemoryMarshal.GetReference(fine);
        for (int row = 0; row < rows; row++)
        {
            int start = row * 2 * fineRow;
            for (int column = 0; column < width; column++)
            {
                int at = (row * width + column) * channels, left = start + column * 2 * channels, right = left + channels;
                for (int c = 0; c < whole; c += Vector512<float>.Count)
                {
                    Vector512<float> value = T.Load(in source, (nuint)(at + c)) * factor;
                    T.Store(value, ref target, (nuint)(left + c));
                    T.Store(value, ref target, (nuint)(right + c));
                }
                for (int c = whole; c < channels; c++)
                    fine[left + c] = fine[right + c] = T.FromSingle(T.ToSingle(coarse[at + c]) * factor);
            }
            fine.Slice(start, fineRow).CopyTo(fine[(start + fineRow)..]);
        }
    }

    private static int Rows(int fine, int coarse, int width, int channels)
    {
        int row = width * channels;
        if (row == 0 || coarse % row != 0 || fine != 4 * coarse)
            throw new ArgumentException($"{fine} numbers are not those of {coarse} in blocks of 2 × 2, with rows of {width} × {channels}.");
        return coarse / row;
    }
}
