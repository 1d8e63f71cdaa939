using System.Buffers.Binary;
using System.IO.Compression;
using SkiaSharp;
using Underpaint.Data.Images;

namespace Underpaint.Tests.Data;

/// <summary>Small encoded images, good and bad.</summary>
internal static class TestImages
{
    /// <summary>A still image of one colour.</summary>
    public static byte[] Encoded(SKEncodedImageFormat format, int width = 8, int height = 8, SKColor? color = null)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        bitmap.Erase(color ?? new SKColor(200, 100, 50));
        return bitmap.Encode(format, 95).ToArray();
    }

    public static byte[] Png(int width = 8, int height = 8, SKColor? color = null) =>
        Encoded(SKEncodedImageFormat.Png, width, height, color);

    /// <summary>A PNG that declares a size, and holds no pixels at all.</summary>
    public static byte[] PngHeader(int width, int height)
    {
        byte[] ihdr = [.. "IHDR"u8, .. BigEndian(width), .. BigEndian(height), 8, 2, 0, 0, 0];
        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, 0x0A,
            .. BigEndian(13), .. ihdr, .. BigEndian((int)System.IO.Hashing.Crc32.HashToUInt32(ihdr)),
            0, 0, 0, 0, .. "IDAT"u8, 0x35, 0xAF, 0x06, 0x1E,
        ];
    }

    /// <summary>A one-pixel GIF with the given number of frames.</summary>
    public static byte[] Gif(int frames)
    {
        byte[] frame = [0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        byte[] palette = [10, 20, 30, 255, 255, 255];
        return [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, .. palette, .. Enumerable.Repeat(frame, frames).SelectMany(b => b), 0x3B];
    }

    /// <summary>A JPEG with an EXIF block that holds only the orientation.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    /// <summary>An image of which every pixel tells its place.</summary>
    public static PixelImage Gradient(int width, int height, int channels = 3)
    {
        var pixels = new byte[width * height * channels];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i / channels % width * 5 + i / channels / width * 3 + i % channels * 40);
        return new PixelImage(width, height, channels, pixels);
    }

    /// <summary>A one-pixel BMP; its last four bytes are blue, green, red and padding.</summary>
    public static byte[] Bmp()
    {
        byte[] fileHeader = [.. "BM"u8, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0];
        byte[] imageHeader = [40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, .. new byte[24]];
        return [.. fileHeader, .. imageHeader, 10, 20, 30, 0];
    }

    /// <summary>A zip archive of these files, in this order.</summary>
    public static byte[] Zip(params (string Name, byte[] Bytes)[] files) => Zip(CompressionLevel.Optimal, files);

    /// <summary>A zip archive of these files, in this order; <see cref="CompressionLevel.NoCompression"/> stores them as they are.</summary>
    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }
        return stream.ToArray();
    }

    /// <summary>An IDX file of unsigned bytes.</summary>
    public static byte[] Idx(byte[] values, params int[] dimensions) =>
        [0, 0, 8, (byte)dimensions.Length, .. dimensions.SelectMany(BigEndian), .. values];

    public static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return stream.ToArray();
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
