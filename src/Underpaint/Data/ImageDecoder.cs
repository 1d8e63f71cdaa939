using System.Runtime.InteropServices;
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
        limits.CheckSize(name, codec.Info.Width, codec.Info.Height, encoded.Length);
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
        int toNextColumn = lastColumnFirst ? -1 : 1, toNextRow = lastRowFirst ? -storedWidth : storedWidth;
        int first = (lastColumnFirst ? storedWidth - 1 : 0) + (lastRowFirst ? (storedHeight - 1) * storedWidth : 0);
        (int width, int height, int right, int down) = transposed
            ? (storedHeight, storedWidth, toNextRow, toNextColumn)
            : (storedWidth, storedHeight, toNextColumn, toNextRow);

        ReadOnlySpan<Rgba> stored = MemoryMarshal.Cast<byte, Rgba>(rgba);
        var rgb = new byte[width * height * 3];
        for (int y = 0, to = 0; y < height; y++)
        {
            for (int x = 0, from = first + y * down; x < width; x++, to += 3, from += right)
            {
                Rgba pixel = stored[from];
                rgb[to] = OnWhite(pixel.Red, pixel.Alpha);
                rgb[to + 1] = OnWhite(pixel.Green, pixel.Alpha);
                rgb[to + 2] = OnWhite(pixel.Blue, pixel.Alpha);
            }
        }
        return new PixelImage(width, height, 3, rgb);
    }

    private static byte OnWhite(byte color, byte alpha) =>
        alpha == 255 ? color : (byte)((color * alpha + 255 * (255 - alpha) + 127) / 255);

    private readonly record struct Rgba(byte Red, byte Green, byte Blue, byte Alpha);
}
