using SkiaSharp;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Tests.Data;

namespace Underpaint.Harness.Limits;

/// <summary>Images of 89.4 megapixels, of every format and of what needs the most memory in each.</summary>
internal static class LargeImages
{
    private const int Width = 16_380;
    private const int Height = 5_460;

    /// <summary>All of them.</summary>
    public static IEnumerable<LargeFile> All =>
    [
        Of("baseline.jpg", stream => new TestJpeg(Width, Height, 3).Write(stream)),
        Of("turned.jpg", stream => stream.Write(TestImages.WithOrientation(new TestJpeg(Width, Height, 3).ToArray(), 6))),
        Of("cmyk.jpg", stream => new TestJpeg(Width, Height, 4).Write(stream)),
        Of("progressive-420.jpg", stream => new TestJpeg(Width, Height, 3) { IsProgressive = true, HalvesColors = true }.Write(stream)),
        Of("progressive-444.jpg", stream => new TestJpeg(Width, Height, 3) { IsProgressive = true }.Write(stream)),
        Of("rgb.png", stream => Png().Write(stream)),
        Of("rgba.png", stream => Png(alpha: true).Write(stream)),
        Of("rgba-16-bit.png", stream => Png(alpha: true, wide: true).Write(stream)),
        Of("interlaced-rgb.png", stream => Png(interlaced: true).Write(stream)),
        Of("interlaced-rgba.png", stream => Png(alpha: true, interlaced: true).Write(stream)),
        Of("interlaced-rgba-16-bit.png", stream =>
            new TestPng(Width, Height, (x, y) => Rgba(x >> 4, y >> 4)) { HasAlpha = true, Has16Bits = true, IsInterlaced = true }.Write(stream)),
        Of("lossy.webp", stream => WriteWebp(stream, SKWebpEncoderCompression.Lossy, alpha: false)),
        Of("lossy-alpha.webp", stream => WriteWebp(stream, SKWebpEncoderCompression.Lossy, alpha: true)),
        Of("lossless.webp", stream => WriteWebp(stream, SKWebpEncoderCompression.Lossless, alpha: true)),
        Of("grey.gif", stream => new TestGif(Width, Height, (x, y) => (byte)Rgba(x, y)).Write(stream)),
        Of("runs.bmp", stream => new TestBmp(Width, Height, (x, y) => (byte)Rgba(x, y)).Write(stream)),
    ];

    private static LargeFile Of(string name, Action<Stream> write) => new(name,
        path =>
        {
            using FileStream file = File.Create(path);
            write(file);
        },
        path =>
        {
            using var source = new ImageFileSource(path);
            _ = ((IImageSource)source).Read(0, new DataOptions { Size = 256 });
        });

    private static TestPng Png(bool alpha = false, bool wide = false, bool interlaced = false) =>
        new(Width, Height, Rgba) { HasAlpha = alpha, Has16Bits = wide, IsInterlaced = interlaced };

    private static void WriteWebp(Stream stream, SKWebpEncoderCompression compression, bool alpha)
    {
        using var bitmap = new SKBitmap(Width, Height, SKColorType.Rgba8888, alpha ? SKAlphaType.Unpremul : SKAlphaType.Opaque);
        for (int y = 0; y < Height; y++)
        {
            Span<uint> row = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, bitmap.RowBytes));
            for (int x = 0; x < Width; x++)
                row[x] = alpha ? Rgba(x, y) : Rgba(x, y) | 0xFF000000;
        }
        using SKPixmap pixels = bitmap.PeekPixels()!;
        using SKData? encoded = pixels.Encode(new SKWebpEncoderOptions(compression, 0));
        encoded!.SaveTo(stream);
    }

    // Blocks of one colour, so that the file stays short.
    private static uint Rgba(int x, int y) => (uint)((x >> 4) * 0x9E3779B1 ^ (y >> 4) * 0x85EBCA6B);
}
