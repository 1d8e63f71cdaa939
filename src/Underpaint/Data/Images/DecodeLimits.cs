namespace Underpaint.Data.Images;

/// <summary>
/// How large an image file may be, and what its decoding may take. All are checked before memory for the pixels is allocated.
/// </summary>
public sealed record DecodeLimits
{
    /// <summary>The limits that everything uses unless told otherwise.</summary>
    public static DecodeLimits Default { get; } = new();

    /// <summary>Largest encoded file, in bytes. Default 64 MiB.</summary>
    public long MaxBytes { get; init; } = 64L << 20;

    /// <summary>Largest width and height, in pixels. Default 16 384.</summary>
    public int MaxSide { get; init; } = 16_384;

    /// <summary>Largest width · height, in pixels. Default 89.5 million.</summary>
    public long MaxPixels { get; init; } = 89_500_000;

    /// <summary>
    /// Most memory that one image may take while it is decoded, in bytes: its file, what the decoder holds and what it has made
    /// so far. Default 448 MiB, with which most images reach <see cref="MaxPixels"/>. Those that do not are of kinds that the decoder
    /// holds as a whole: progressive JPEG whose colours have full resolution, interlaced PNG, and WebP that is lossless or has
    /// transparency; and images that are wanted at their own size. Images that are decoded at the same time take no more together.
    /// </summary>
    public long MaxMemory { get; init; } = 448L << 20;

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

    /// <summary>Refuses an image whose decoding would take too much memory.</summary>
    /// <param name="name">The image's name, for the message.</param>
    /// <param name="bytes">What it takes at least.</param>
    /// <exception cref="FileFormatException">It is beyond <see cref="MaxMemory"/>.</exception>
    public void CheckMemory(string name, long bytes)
    {
        if (bytes > MaxMemory)
            throw new FileFormatException(name,
                $"would take {bytes >> 20:N0} MiB of memory to decode, more than the limit of {MaxMemory >> 20:N0}",
                "Scale the image down, or save it without interlacing or progressive scans.");
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
