using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Data;

/// <summary>Prepared images of one size in plain memory, packed as a network takes them.</summary>
public sealed record PixelBatch
{
    /// <summary>The values, 0 … 255, as (image, channel, row, column), last fastest.</summary>
    public required byte[] Pixels { get; init; }

    /// <summary>How many images there are (N).</summary>
    public required int Count { get; init; }

    /// <summary>1 (grey) or 3 (RGB) (C).</summary>
    public required int Channels { get; init; }

    /// <summary>Width and height in pixels (H = W).</summary>
    public required int Size { get; init; }

    /// <summary>Each image's index in the source.</summary>
    public required int[] Indices { get; init; }

    /// <summary>Images seen before this batch; 0 outside training.</summary>
    public long Position { get; init; }

    /// <summary>Reads and prepares images for evaluation: never mirrored, and none is left out.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="indices">Which of them, in this order; at least one.</param>
    /// <param name="options">Size and colour.</param>
    /// <exception cref="FileFormatException">One of the images cannot be read.</exception>
    public static PixelBatch Load(IImageSource source, IReadOnlyList<int> indices, DataOptions options)
    {
        PixelBatch batch = Empty(indices.Count, options, position: 0);
        for (int i = 0; i < indices.Count; i++)
            batch.Put(i, indices[i], source.Read(indices[i], options), mirrored: false);
        return batch;
    }

    /// <summary>Reads and prepares those of some images that can be read; <see cref="Indices"/> tells which.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="indices">Which of them, in this order.</param>
    /// <param name="options">Size and colour.</param>
    /// <param name="skipped">The others are added to it.</param>
    /// <returns>The batch; null if not one can be read.</returns>
    /// <exception cref="UnderpaintException">The disk fails.</exception>
    public static PixelBatch? LoadReadable(IImageSource source, IEnumerable<int> indices, DataOptions options, ICollection<SkippedImage> skipped)
    {
        var read = new List<(int Index, PixelImage Image)>();
        foreach (int index in indices)
        {
            try
            {
                read.Add((index, source.Read(index, options)));
            }
            catch (FileFormatException error)
            {
                skipped.Add(new(index, source.NameOf(index), error.Message));
            }
        }
        if (read.Count == 0)
            return null;
        PixelBatch batch = Empty(read.Count, options, position: 0);
        for (int i = 0; i < read.Count; i++)
            batch.Put(i, read[i].Index, read[i].Image, mirrored: false);
        return batch;
    }

    /// <summary>One image of the batch, as the model sees it.</summary>
    /// <param name="i">Which, 0 … <see cref="Count"/> − 1.</param>
    public PixelImage ToImage(int i)
    {
        int plane = Size * Size;
        ReadOnlySpan<byte> planes = Pixels.AsSpan(i * Channels * plane, Channels * plane);
        var pixels = new byte[planes.Length];
        for (int at = 0; at < pixels.Length; at++)
            pixels[at] = planes[at % Channels * plane + at / Channels];
        return new PixelImage(Size, Size, Channels, pixels);
    }

    internal static PixelBatch Empty(int count, DataOptions options, long position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        long bytes = (long)count * options.Channels * options.Size * options.Size;
        if (bytes > Array.MaxLength)
            throw new UnderpaintException(
                $"A batch of {count} images of {options.Size} × {options.Size} pixels does not fit in memory.",
                "Choose a smaller batch or image size.");
        return new PixelBatch
        {
            Pixels = new byte[bytes],
            Count = count,
            Channels = options.Channels,
            Size = options.Size,
            Indices = new int[count],
            Position = position,
        };
    }

    /// <summary>Packs a prepared image as the batch's image <paramref name="i"/>.</summary>
    internal void Put(int i, int index, PixelImage image, bool mirrored)
    {
        Indices[i] = index;
        int to = i * Channels * Size * Size;
        for (int c = 0; c < Channels; c++)
        {
            for (int y = 0; y < Size; y++)
            {
                for (int x = 0; x < Size; x++)
                    Pixels[to++] = image.Pixels[(y * Size + (mirrored ? Size - 1 - x : x)) * Channels + c];
            }
        }
    }
}
