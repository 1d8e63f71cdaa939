namespace Underpaint.Data.Images;

/// <summary>
/// The one place where encoded bytes (JPEG, PNG, WebP, GIF, BMP) become pixels. Any bit depth and colour space comes out as
/// 8-bit sRGB, turned upright by its EXIF orientation; transparent pixels are laid on white.
/// </summary>
public static class ImageDecoder
{
    private const int Channels = 3;

    /// <summary>
    /// Decodes one image as a model sees it, with the same result as <see cref="ImagePreparation.Prepare"/> of the whole image,
    /// which is never held in memory.
    /// </summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="options">Size, colour and crop.</param>
    /// <param name="limits">What is refused from the header alone; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <exception cref="FileFormatException">
    /// The bytes are no such image, are damaged or cut off, hold several frames, break a limit, or are of a size that the crop is not for.
    /// </exception>
    public static unsafe PixelImage Decode(ReadOnlySpan<byte> encoded, string name, DataOptions options, DecodeLimits? limits = null)
    {
        fixed (byte* bytes = encoded)
        {
            using var image = new EncodedImage(bytes, encoded.Length, name, limits ?? DecodeLimits.Default);
            int rows = image.Reserve(others: (long)options.Size * options.Size * options.Channels);
            IImageMaker prepared = ImagePreparation.Lines(image.Width, image.Height, Channels, image.Orientation.IsTransposed, options, name);
            image.Decode(prepared, rows);
            return prepared.Image;
        }
    }

    /// <summary>Decodes one image at its own size, to RGB. All of it is held in memory.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="limits">What is refused from the header alone; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <exception cref="FileFormatException">
    /// The bytes are no such image, are damaged or cut off, hold several frames, or break a limit.
    /// </exception>
    public static unsafe PixelImage Decode(ReadOnlySpan<byte> encoded, string name, DecodeLimits? limits = null)
    {
        fixed (byte* bytes = encoded)
        {
            using var image = new EncodedImage(bytes, encoded.Length, name, limits ?? DecodeLimits.Default);
            int rows = image.Reserve(others: (long)image.Width * image.Height * Channels);
            var whole = new WholeImage(image.Width, image.Height, Channels, image.Orientation.IsTransposed);
            image.Decode(whole, rows);
            return whole.Image;
        }
    }

    /// <summary>Decodes one image, and keeps nothing of it but its size.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="limits">What is refused from the header alone; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <exception cref="FileFormatException">
    /// The bytes are no such image, are damaged or cut off, hold several frames, or break a limit.
    /// </exception>
    public static unsafe ImageSize Measure(ReadOnlySpan<byte> encoded, string name, DecodeLimits? limits = null)
    {
        fixed (byte* bytes = encoded)
        {
            using var image = new EncodedImage(bytes, encoded.Length, name, limits ?? DecodeLimits.Default);
            image.Decode(new NoImage(), image.Reserve(others: 0));
            return new(image.Width, image.Height);
        }
    }
}
