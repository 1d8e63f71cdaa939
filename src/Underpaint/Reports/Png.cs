using SkiaSharp;
using Underpaint.Data.Images;

namespace Underpaint.Reports;

/// <summary>Writes images as PNG, without any loss.</summary>
public static class Png
{
    /// <summary>Encodes an image as an RGB or greyscale PNG of 8 bits per channel.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The PNG file's bytes.</returns>
    public static byte[] Encode(PixelImage image)
    {
        using SKBitmap bitmap = ToBitmap(image);
        return Encode(bitmap);
    }

    internal static byte[] Encode(SKBitmap bitmap)
    {
        using SKData file = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return file.ToArray();
    }

    /// <summary>The same pixels as the drawing library holds them; the caller disposes of it.</summary>
    internal static SKBitmap ToBitmap(PixelImage image)
    {
        bool grey = image.Channels == 1;
        var bitmap = new SKBitmap(image.Width, image.Height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque);
        Span<byte> target = bitmap.GetPixelSpan();
        int perPixel = bitmap.BytesPerPixel;
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> source = image.Pixels.AsSpan(y * image.Width * image.Channels, image.Width * image.Channels);
            Span<byte> row = target.Slice(y * bitmap.RowBytes, image.Width * perPixel);
            if (grey)
            {
                source.CopyTo(row);
                continue;
            }
            for (int x = 0; x < image.Width; x++)
            {
                source.Slice(3 * x, 3).CopyTo(row[(4 * x)..]);
                row[4 * x + 3] = 255;
            }
        }
        return bitmap;
    }
}
