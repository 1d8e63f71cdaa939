namespace Underpaint.Data.Images;

/// <summary>An 8-bit image in plain memory: rows from top to bottom, channels interleaved (height × width × channels).</summary>
public sealed class PixelImage
{
    /// <summary>Wraps pixels; the array is kept, not copied.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="channels">1 (grey) or 3 (RGB).</param>
    /// <param name="pixels">height · width · channels values, 0 … 255.</param>
    /// <exception cref="ArgumentException">The sizes are impossible or do not match the array.</exception>
    public PixelImage(int width, int height, int channels, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "An image has 1 or 3 channels.");
        if (pixels.Length != (long)width * height * channels)
            throw new ArgumentException($"{width}×{height}×{channels} pixels do not fit in {pixels.Length} bytes.", nameof(pixels));
        (Width, Height, Channels, Pixels) = (width, height, channels, pixels);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public int Channels { get; }

    /// <summary>The values, 0 … 255, index (y · width + x) · channels + c.</summary>
    public byte[] Pixels { get; }
}
