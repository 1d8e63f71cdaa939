using System.IO.Compression;
using SkiaSharp;
using Underpaint.Data;
using Underpaint.Tests.Data;

namespace Underpaint.Harness.Fuzzing;

/// <summary>The readers of images and of what holds them.</summary>
internal static class DataTargets
{
    /// <summary>All of them; they use a folder for the files that they read.</summary>
    public static IEnumerable<FuzzTarget> All(string folder) => [Images(), Zip(folder), Dataset(), Idx(folder)];

    private static FuzzTarget Images() => new("image",
        [
            TestImages.Png(), TestImages.Png(color: new SKColor(1, 2, 3, 99)), TestImages.Encoded(SKEncodedImageFormat.Jpeg, 24, 16),
            TestImages.WithOrientation(TestImages.Encoded(SKEncodedImageFormat.Jpeg), 6), TestImages.Encoded(SKEncodedImageFormat.Webp),
            TestImages.Gif(1), TestImages.Gif(2), TestImages.Bmp(), TestImages.PngHeader(4, 4),
            new TestPng(9, 7, Rgba) { HasAlpha = true, IsInterlaced = true }.ToArray(), new TestPng(5, 3, Rgba) { HasAlpha = true, Has16Bits = true }.ToArray(),
            new TestJpeg(24, 16, 3) { IsProgressive = true, HasSeveralScans = true }.ToArray(), new TestJpeg(16, 8, 4) { HalvesColors = true }.ToArray(),
            new TestBmp(9, 4, (x, y) => (byte)Rgba(x, y)).ToArray(), Webp(SKWebpEncoderCompression.Lossless), Webp(SKWebpEncoderCompression.Lossy),
        ],
        input => _ = ImageDecoder.Decode(input, "fuzz", new DataOptions { Size = 16 }))
    {
        Words =
        [
            .. FuzzWords.Of(
                "IHDR", "IDAT", "IEND", "PLTE", "tRNS", "iCCP", "gAMA", "acTL", "VP8X", "VP8L", "VP8 ", "ALPH", "ANIM", "RIFF", "Exif", "BM", "GIF89a"),
            .. new byte[] { 0xC0, 0xC2, 0xC4, 0xD9, 0xDA, 0xDB, 0xDD, 0xE1, 0xE2 }.Select(marker => (byte[])[0xFF, marker]),
        ],
        Mend = PngChecksums.Mend,
    };

    private static byte[] Webp(SKWebpEncoderCompression compression)
    {
        using SKBitmap bitmap = SKBitmap.Decode(new TestPng(9, 7, Rgba) { HasAlpha = true }.ToArray());
        using SKPixmap pixels = bitmap.PeekPixels()!;
        return pixels.Encode(new SKWebpEncoderOptions(compression, 50))!.ToArray();
    }

    private static uint Rgba(int x, int y) => (uint)((x * 0x1F3F5F7F) ^ (y * 0x2B4D6F8B));

    private static FuzzTarget Zip(string folder)
    {
        string path = Path.Combine(folder, "fuzz.zip");
        byte[] dataset = """{"labels": [["a/1.bmp", 0]]}"""u8.ToArray(), bmp = TestImages.Bmp();
        return new("zip",
            [
                TestImages.Zip(("a/1.bmp", bmp), ("b/2.png", TestImages.Png())),
                TestImages.Zip(("a/1.bmp", bmp), ("dataset.json", dataset)),
                TestImages.Zip(CompressionLevel.NoCompression, ("a/1.bmp", bmp), ("x/", []), ("readme.txt", [1, 2])),
            ],
            input =>
            {
                FuzzTarget.Put(path, input);
                using var source = new ZipSource(path);
                for (int i = 0; i < source.Count; i++)
                    _ = source.Read(i);
                _ = source.Fingerprint();
            })
        {
            Words =
            [
                [.. "PK"u8, 1, 2], [.. "PK"u8, 3, 4], [.. "PK"u8, 5, 6], [.. "PK"u8, 6, 6], [.. "PK"u8, 6, 7], [.. "PK"u8, 7, 8],
                [1, 0, 24, 0], [.. "../"u8], [.. "/etc/"u8], [.. "a/1.bmp"u8], [.. "dataset.json"u8], [8, 0], [99, 0],
            ],
        };
    }

    private static FuzzTarget Dataset() => new("dataset",
        [
            """{"labels": [["a/1.png", 0], ["a/2.png", 1]], "label_names": ["cat", "dog"]}"""u8.ToArray(),
            """{"labels": null, "version": {"of": [1, 2]}}"""u8.ToArray(), "{}"u8.ToArray(),
        ],
        input => _ = DatasetJson.Read(input, "fuzz.zip", ["a/1.png", "a/2.png"]))
    {
        Words =
        [
            .. FuzzWords.Json, .. FuzzWords.Of("\"labels\":", "\"label_names\":", "[\"a/1.png\",0]", "65535", "-1"),
        ],
    };

    private static FuzzTarget Idx(string folder)
    {
        string path = Path.Combine(folder, "fuzz-images-idx3-ubyte");
        byte[] images = TestImages.Idx([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2, 2, 3);
        File.WriteAllBytes(Path.Combine(folder, "fuzz-labels-idx1-ubyte"), TestImages.Idx([0, 1], 2));
        return new("idx", [images, TestImages.Idx([1, 2, 3, 4, 5, 6], 1, 1, 2, 3), TestImages.Gzip(images)],
            input =>
            {
                FuzzTarget.Put(path, input);
                using var source = new IdxSource(path);
                for (int i = 0; i < Math.Min(source.Count, 10); i++)
                    _ = source.Read(i);
            })
        {
            Words = [[0, 0, 8, 3], [0, 0, 8, 4], [0, 0, 13, 3], [0x1F, 0x8B, 8]],
        };
    }
}
