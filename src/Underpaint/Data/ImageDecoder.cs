using SkiaSharp;

namespace Underpaint.Data;

/// <summary>
/// The one place where encoded bytes (JPEG, PNG, WebP, GIF, BMP) become pixels. Any bit depth and colour space comes out as
/// 8-bit sRGB, turned upright by its EXIF orientation; transparent pixels are laid on white.
/// </summary>
public static class ImageDecoder
{
    /// <summary>Decodes one image at its own size, to RGB.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="limits">What is refused from the header alone; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <exception cref="FileFormatException">
    /// The bytes are no such image, are damaged or cut off, hold several frames, or break a limit.
    /// </exception>
    public static PixelImage Decode(ReadOnlySpan<byte> encoded, string name, DecodeLimits? limits = null)
    {
        limits ??= DecodeLimits.Default;
        limits.CheckBytes(name, encoded.Length);
        using var data = SKData.CreateCopy(encoded);
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is null || !IsSupported(codec.EncodedFormat))
            throw new FileFormatException(name, "is not a JPEG, PNG, WebP, GIF or BMP image, or its header is damaged",
                "Convert the image, or leave it out.");
        limits.CheckSize(name, codec.Info.Width, codec.Info.Height);
        // Skia says 0 for formats that never hold more than one.
        if (codec.FrameCount > 1)
            throw new FileFormatException(name, $"is animated ({codec.FrameCount} frames)",
                "Save one frame as a still image, or leave it out.");
        return Upright(DecodeRgba(codec, name), codec.Info.Width, codec.Info.Height, codec.EncodedOrigin);
    }

    private static bool IsSupported(SKEncodedImageFormat format) => format
        is SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp
        or SKEncodedImageFormat.Gif or SKEncodedImageFormat.Bmp;

    private static byte[] DecodeRgba(SKCodec codec, string name)
    {
        using var sRgb = SKColorSpace.CreateSrgb();
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, sRgb);
        SKCodecResult result = codec.GetPixels(info, out byte[] rgba);
        if (result == SKCodecResult.Success)
            return rgba;
        string problem = result == SKCodecResult.IncompleteInput ? "is cut off" : $"is damaged ({result})";
        throw new FileFormatException(name, $"{problem}: not all pixels can be decoded", "Replace the image by an intact copy, or leave it out.");
    }

    /// <summary>RGBA as stored to RGB as displayed; the origin says to which sides the stored row 0 and column 0 belong.</summary>
    private static PixelImage Upright(byte[] rgba, int storedWidth, int storedHeight, SKEncodedOrigin origin)
    {
        bool transposed = origin >= SKEncodedOrigin.LeftTop;
        bool lastRowFirst = origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft
            or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;
        bool lastColumnFirst = origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight
            or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        (int width, int height) = transposed ? (storedHeight, storedWidth) : (storedWidth, storedHeight);
        var rgb = new byte[width * height * 3];
        for (int y = 0, to = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, to += 3)
            {
                (int row, int column) = transposed ? (x, y) : (y, x);
                row = lastRowFirst ? storedHeight - 1 - row : row;
                column = lastColumnFirst ? storedWidth - 1 - column : column;
                LayOnWhite(rgba.AsSpan((row * storedWidth + column) * 4, 4), rgb.AsSpan(to, 3));
            }
        }
        return new PixelImage(width, height, 3, rgb);
    }

    private static void LayOnWhite(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        int alpha = rgba[3];
        if (alpha == 255)
        {
            rgba[..3].CopyTo(rgb);
            return;
        }
        for (int c = 0; c < 3; c++)
            rgb[c] = (byte)((rgba[c] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}
