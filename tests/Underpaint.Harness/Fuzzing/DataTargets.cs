using System.Formats.Tar;
using System.IO.Compression;
using Parquet;
using SkiaSharp;
using Underpaint.Data.Images;
using Underpaint.Data.Labels;
using Underpaint.Data.Sources;
using Underpaint.Tests.Data;
using Underpaint.Tests.Storage.Lmdb;

namespace Underpaint.Harness.Fuzzing;

/// <summary>The readers of images and of what holds them.</summary>
internal static class DataTargets
{
    /// <summary>All of them; they use a folder for the files that they read.</summary>
    public static IEnumerable<FuzzTarget> All(string folder) =>
        [Images(), Zip(folder), Lmdb(folder), Dataset(), Idx(folder), Tar(folder), Parquet(folder)];

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

    private static FuzzTarget Lmdb(string folder)
    {
        string path = Path.Combine(folder, "fuzz.lmdb");
        byte[] bmp = TestImages.Bmp(), png = TestImages.Encoded(SKEncodedImageFormat.Png, 40, 30);
        return new("lmdb",
            [
                TestLmdb.OfImages("256", 5, bmp, bmp, png, bmp, bmp, bmp, bmp, bmp, bmp, bmp, bmp), TestLmdb.OfImages("None", 7, bmp, new byte[600]),
                TestLmdb.Of(512, perPage: 2, ("128-00000", bmp), ("128-00003", bmp), ("64-00000", bmp), ("64-00003", bmp), ("64-x", [])),
            ],
            input =>
            {
                FuzzTarget.Put(path, input);
                using var source = new LmdbSource(path);
                _ = source.Fingerprint();
                for (int i = 0; i < Math.Min(source.Count, 12); i++)
                    _ = source.Read(i, new DataOptions { Size = 16 });
            })
        {
            Words =
            [
                [0xDE, 0xC0, 0xEF, 0xBE], [1, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0, 0], [3, 0, 0, 0, 0, 0, 0, 0], [.. Enumerable.Repeat((byte)0xFF, 8)],
                [0, 2, 0, 0], [1, 0], [2, 0], [4, 0], [18, 0], [.. "256-00000"u8], [.. "None-0000000"u8], [.. "length"u8],
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

    private static FuzzTarget Tar(string folder)
    {
        string path = Path.Combine(folder, "fuzz.tar"), name = new('n', 150);
        byte[] bmp = TestImages.Bmp(), label = "1"u8.ToArray(), json = """{"label": 2}"""u8.ToArray();
        return new("tar",
            [
                .. new[] { TarEntryFormat.V7, TarEntryFormat.Ustar }.Select(format => TestTar.Write(format, ("a/1.png", bmp), ("a/1.cls", label), ("b/2.png", bmp), ("b/2.json", json))),
                .. new[] { TarEntryFormat.Pax, TarEntryFormat.Gnu }.Select(format => TestTar.Write(format, ($"{name}.png", bmp), ($"{name}.cls", label), ("x/", []))),
            ],
            input =>
            {
                FuzzTarget.Put(path, input);
                ReadAll(new TarSource([path]));
            })
        {
            Words =
            [
                .. FuzzWords.Of("ustar\0" + "00", "ustar  \0", "././@LongLink", ".cls", ".json", ".png", "../", "00000000010\0", "77777777777\0", "20 path=", "30 size=9999999999\n"),
                .. FuzzWords.Of("12 path=x/y\n", "{\"label\":", "{\"cls\":\"a\"}"), [128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0], new byte[512],
            ],
            Mend = TarChecksums.Mend,
        };
    }

    private static FuzzTarget Parquet(string folder)
    {
        string path = Path.Combine(folder, "fuzz-images.parquet");
        byte[][] seeds =
        [
            .. new[] { CompressionMethod.None, CompressionMethod.Snappy, CompressionMethod.Gzip, CompressionMethod.Brotli, CompressionMethod.Zstd }
                .SelectMany(codec => new[] { Written(codec, hasDictionary: false), Written(codec, hasDictionary: true) }),
        ];
        return new("parquet-images", seeds,
            input =>
            {
                FuzzTarget.Put(path, input);
                ReadAll(new ParquetSource([path]));
            })
        {
            Words =
            [
                .. FuzzWords.Json, .. FuzzWords.Of("PAR1", "huggingface", "ClassLabel", "image", "bytes", "path", "label"), [0x15, 0], [0x15, 2], [0x15, 4], [0x15, 6], [0x15, 12],
                [0x19, 0xFC], [0x1C], [0x2C], [0x4C], [0x5C], [0x26, 0xFE, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFE, 0xFF, 0xFF, 0xFF, 0x0F], [0x28, 0xB5, 0x2F, 0xFD],
                [0x1F, 0x8B, 8], [0, 0],
            ],
        };
    }

    private static byte[] Written(CompressionMethod codec, bool hasDictionary) => new TestParquet
    {
        Images = [TestImages.Bmp(), TestImages.Bmp(), null, TestImages.Bmp()],
        Paths = ["a/1.bmp", "a/2.bmp", "3", null],
        Labels = [0, 1, null, 1],
        LabelNames = ["cat", "dog"],
        Codec = codec,
        HasDictionary = hasDictionary,
        RowsPerGroup = 3,
    }.Write();

    private static void ReadAll(IImageSource source)
    {
        using (source)
        {
            for (int i = 0; i < Math.Min(source.Count, 20); i++)
                Read(source, i);
            _ = source.Fingerprint();
        }
    }

    // One image that is damaged does not keep the others from being read.
    private static void Read(IImageSource source, int index)
    {
        try
        {
            _ = (source.NameOf(index), source.LabelOf(index), source.Read(index));
        }
        catch (FileFormatException)
        {
            // As documented.
        }
    }
}
