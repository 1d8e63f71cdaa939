namespace Underpaint.Data;

/// <summary>How large an image file may be. All are checked before memory for the pixels is allocated.</summary>
public sealed record DecodeLimits
{
    /// <summary>The limits that everything uses unless told otherwise.</summary>
    public static DecodeLimits Default { get; } = new();

    /// <summary>Largest encoded file, in bytes. Default 64 MiB.</summary>
    public long MaxBytes { get; init; } = 64L << 20;

    /// <summary>Largest width and height, in pixels. Default 16 384.</summary>
    public int MaxSide { get; init; } = 16_384;

    /// <summary>
    /// Largest width · height, in pixels. Default 89.5 million: decoding takes 7 bytes a pixel, 597 MiB at this size.
    /// </summary>
    public long MaxPixels { get; init; } = 89_500_000;

    /// <summary>
    /// Largest number of pixels for each byte of the file, beyond the first megapixel. Default 10 000: several times what the
    /// formats reach with a picture of one colour, so that a few bytes cannot ask for seconds of work.
    /// </summary>
    public long MaxPixelsPerByte { get; init; } = 10_000;

    /// <summary>Refuses a file that is too long to read.</summary>
    /// <param name="name">The file's name, for the message.</param>
    /// <param name="bytes">Its length in bytes.</param>
    /// <exception cref="FileFormatException">It is beyond <see cref="MaxBytes"/>.</exception>
    public void CheckBytes(string name, long bytes)
    {
        if (bytes > MaxBytes)
            throw new FileFormatException(name, $"takes {bytes:N0} bytes, more than the limit of {MaxBytes:N0}",
                "Save the image smaller, or leave it out.");
    }

    /// <summary>Refuses an image that is too large to decode.</summary>
    /// <param name="name">The image's name, for the message.</param>
    /// <param name="width">Width in pixels, as declared.</param>
    /// <param name="height">Height in pixels, as declared.</param>
    /// <param name="bytes">The file's length in bytes.</param>
    /// <exception cref="FileFormatException">It is beyond <see cref="MaxSide"/>, <see cref="MaxPixels"/> or <see cref="MaxPixelsPerByte"/>.</exception>
    public void CheckSize(string name, int width, int height, long bytes)
    {
        if (width > MaxSide || height > MaxSide || (long)width * height > MaxPixels)
            throw new FileFormatException(name,
                $"is {width} × {height} pixels; the limits are {MaxSide:N0} a side and {MaxPixels / 1e6:0.#} megapixels",
                "Scale the image down, or leave it out.");
        if ((long)width * height > 1_000_000 + MaxPixelsPerByte * bytes)
            throw new FileFormatException(name, $"declares {width} × {height} pixels in {bytes:N0} bytes, as a decompression bomb does",
                "Replace the image by an intact copy, or leave it out.");
    }
}
