using System.Runtime.InteropServices;
using SkiaSharp;
using Underpaint.Data.Images;

namespace Underpaint.Tests.Data.Images;

/// <summary>Images that come in rows or at once: they are the images that Skia decodes as a whole.</summary>
public class EncodedImageTests
{
    private const int Width = 90;
    private const int Height = 203;

    public static TheoryData<string> Kinds => [.. Images.Keys];

    private static Dictionary<string, Func<byte[]>> Images { get; } = new()
    {
        ["jpeg"] = () => Encoded(new SKJpegEncoderOptions(90, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore)),
        ["jpeg of blocks"] = () => new TestJpeg(Width, Height, 3) { HalvesColors = true }.ToArray(),
        ["grey jpeg"] = () => new TestJpeg(Width, Height, 1).ToArray(),
        ["cmyk jpeg"] = () => new TestJpeg(Width, Height, 4).ToArray(),
        ["jpeg in several scans"] = () => new TestJpeg(Width, Height, 3) { HasSeveralScans = true, HalvesColors = true }.ToArray(),
        ["progressive jpeg"] = () => new TestJpeg(Width, Height, 3) { IsProgressive = true }.ToArray(),
        ["progressive cmyk jpeg"] = () => new TestJpeg(Width, Height, 4) { IsProgressive = true, HasSeveralScans = true }.ToArray(),
        ["png"] = () => Png(),
        ["png with alpha"] = () => Png(alpha: true),
        ["interlaced png"] = () => Png(interlaced: true),
        ["interlaced png with alpha"] = () => Png(alpha: true, interlaced: true),
        ["interlaced png of 16 bits"] = () => Png(alpha: true, wide: true, interlaced: true),
        ["webp"] = () => Encoded(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, 60), alpha: false),
        ["fine webp"] = () => Encoded(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, 100), alpha: false),
        ["webp with alpha"] = () => Encoded(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, 10), alpha: true),
        ["lossless webp"] = () => Encoded(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 50), alpha: true),
        ["gif"] = () => new TestGif(Width, Height, (x, y) => (byte)Rgba(x, y)).ToArray(),
        ["bmp in runs"] = () => new TestBmp(Width, Height, (x, y) => (byte)(Rgba(x, y) & 0x80)).ToArray(),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_image_in_rows_is_the_one_that_is_decoded_at_once(string kind)
    {
        byte[] encoded = Images[kind](), whole = DecodedBySkia(encoded);
        Assert.Equal(whole, ImageDecoder.Decode(encoded, kind).Pixels);
        foreach (int rows in ComesByRows(kind) ? (int[])[1, 34, 35, 111, Height - 1, Height] : [Height])
            Assert.Equal(whole, InRows(encoded, rows));
        Assert.Equal(new ImageSize(Width, Height), ImageDecoder.Measure(encoded, kind));
    }

    [Fact]
    public void Rows_that_are_stored_from_the_bottom_up_come_out_in_order()
    {
        // Two pixels a row, in blue, green and red, and two bytes of padding.
        byte[] fileHeader = [.. "BM"u8, 94, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0];
        byte[] imageHeader = [40, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0, 1, 0, 24, 0, .. new byte[24]];
        byte[] bmp = [.. fileHeader, .. imageHeader, .. Enumerable.Range(0, 5).SelectMany(y => (byte[])[(byte)y, 1, 2, (byte)y, 3, 4, 0, 0])];
        byte[] expected = [.. Enumerable.Range(0, 5).Reverse().SelectMany(y => (byte[])[2, 1, (byte)y, 4, 3, (byte)y])];
        foreach (int rows in new[] { 1, 2, 4, 5 })
            Assert.Equal(expected, InRows(bmp, rows));
    }

    [Theory]
    [InlineData("interlaced png")]
    [InlineData("png with alpha")]
    public void Damage_in_a_PNG_is_found(string kind)
    {
        byte[] png = Images[kind]();
        // Its checksum alone: the pixels would all be right.
        png[^15] ^= 1;
        Assert.Throws<FileFormatException>(() => ImageDecoder.Decode(png, kind));
    }

    [Theory]
    [InlineData("webp")]
    [InlineData("lossless webp")]
    [InlineData("interlaced png")]
    [InlineData("progressive jpeg")]
    public void An_image_that_is_cut_off_is_refused(string kind)
    {
        byte[] encoded = Images[kind]();
        Assert.Throws<FileFormatException>(() => ImageDecoder.Decode(encoded.AsSpan(0, encoded.Length / 2), kind));
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("progressive jpeg")]
    [InlineData("png")]
    [InlineData("interlaced png with alpha")]
    [InlineData("lossless webp")]
    [InlineData("webp with alpha")]
    [InlineData("gif")]
    public void An_image_that_would_take_more_memory_than_allowed_is_refused_before_it_is_taken(string kind)
    {
        byte[] encoded = Images[kind]();
        int rowBytes = Width * (kind.StartsWith("interlaced", StringComparison.Ordinal) ? 8 : 4);
        long used = encoded.Length + 1000 + Height * rowBytes + kind switch
        {
            // Twelve by 26 groups of three blocks of 64 values of two bytes.
            "progressive jpeg" => 12 * 26 * 3 * 128,
            "lossless webp" => Width * Height * 4,
            "webp with alpha" => Width * Height * 5,
            _ => 0,
        };
        Assert.Equal(Height, Reserve(encoded, used));
        var error = Assert.Throws<FileFormatException>(() => Reserve(encoded, used - 1));
        Assert.Contains("of memory to decode", error.Message, StringComparison.Ordinal);

        static unsafe int Reserve(byte[] encoded, long memory)
        {
            fixed (byte* bytes = encoded)
            {
                using var image = new EncodedImage(bytes, encoded.Length, "a", new DecodeLimits { MaxMemory = memory });
                return image.Reserve(others: 1000);
            }
        }
    }

    [Fact]
    public void What_the_decoder_will_hold_is_known_from_the_header()
    {
        static long? Jpeg(TestJpeg jpeg) => JpegFile.CoefficientBytes(jpeg.ToArray());
        Assert.Equal(0, Jpeg(new TestJpeg(100, 50, 3)));
        Assert.Equal(0, Jpeg(new TestJpeg(100, 50, 1)));
        Assert.Equal(13 * 7 * 3 * 128, Jpeg(new TestJpeg(100, 50, 3) { HasSeveralScans = true }));
        Assert.Equal(7 * 4 * 6 * 128, Jpeg(new TestJpeg(100, 50, 3) { IsProgressive = true, HalvesColors = true }));
        Assert.Equal(13 * 7 * 4 * 128, Jpeg(new TestJpeg(100, 50, 4) { IsProgressive = true }));
        Assert.Null(JpegFile.CoefficientBytes(new TestJpeg(8, 8, 1).ToArray().AsSpan(0, 100)));
        Assert.Null(JpegFile.CoefficientBytes([0xFF, 0xD8, 0xFF]));

        Assert.Equal([0, 0, 4], new[] { "webp", "fine webp", "lossless webp" }.Select(kind => WebpFile.BytesPerPixel(Images[kind]())));
        Assert.Equal(5, WebpFile.BytesPerPixel(Images["webp with alpha"]()));
        Assert.Equal(5, WebpFile.BytesPerPixel("RIFF"u8));

        static int PerPixel(string kind, bool hasAlpha) => PngFile.InterlacedBytesPerPixel(Images[kind](), hasAlpha);
        Assert.Equal([0, 0, 3, 4, 8], new[]
        {
            PerPixel("png", false), PerPixel("png with alpha", true), PerPixel("interlaced png", false),
            PerPixel("interlaced png with alpha", true), PerPixel("interlaced png of 16 bits", true),
        });
        Assert.Equal(8, PngFile.InterlacedBytesPerPixel([0x89], false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void What_a_model_sees_is_the_whole_image_prepared(byte orientation)
    {
        byte[] jpeg = TestImages.WithOrientation(Images["jpeg"](), orientation);
        PixelImage whole = ImageDecoder.Decode(jpeg, "a.jpg");
        foreach (DataOptions options in (DataOptions[])[new() { Size = 16 }, new() { Size = 90 }, new() { Size = 200, Color = ColorMode.Grey }])
        {
            PixelImage seen = ImageDecoder.Decode(jpeg, "a.jpg", options), prepared = ImagePreparation.Prepare(whole, options);
            Assert.Equal((options.Size, options.Size, options.Channels), (seen.Width, seen.Height, seen.Channels));
            Assert.Equal(prepared.Pixels, seen.Pixels);
        }
    }

    [Fact]
    public void A_large_image_is_seen_as_if_it_had_been_decoded_and_resized_as_a_whole()
    {
        const int WideWidth = 3125, WideHeight = 2000, Size = 64;
        byte[] png = new TestPng(WideWidth, WideHeight, Rgba) { IsInterlaced = true }.ToArray();
        PixelImage seen = ImageDecoder.Decode(png, "a.png", new DataOptions { Size = Size });

        // Each pass of the filter, rounded, over all pixels, and then the middle.
        int fullWidth = Size * WideWidth / WideHeight, left = (fullWidth - Size) / 2;
        byte[,] row = new byte[WideHeight, Size];
        for (int c = 0; c < 3; c++)
        {
            for (int x = 0; x < Size; x++)
            {
                for (int y = 0; y < WideHeight; y++)
                    row[y, x] = Weighted(i => (byte)(Rgba(i, y) >> (8 * c)), WideWidth, (double)WideWidth / fullWidth, left + x);
                for (int y = 0; y < Size; y++)
                    Assert.Equal(Weighted(i => row[i, x], WideHeight, (double)WideHeight / Size, y), seen.Pixels[(y * Size + x) * 3 + c]);
            }
        }

        static byte Weighted(Func<int, byte> value, int count, double scale, int place)
        {
            double center = (place + 0.5) * scale;
            int first = Math.Max(0, (int)(center - scale + 0.5)), end = Math.Min(count, (int)(center + scale + 0.5));
            double[] weights = [.. Enumerable.Range(first, end - first).Select(i => Math.Max(0, 1 - Math.Abs(i - center + 0.5) / scale))];
            double total = weights.Sum();
            long sum = 1 << 21;
            for (int i = first; i < end; i++)
                sum += (long)(0.5 + weights[i - first] / total * (1 << 22)) * value(i);
            return (byte)(sum >> 22);
        }
    }

    private static bool ComesByRows(string kind) => kind.Contains("jpeg", StringComparison.Ordinal) || kind.Contains("bmp", StringComparison.Ordinal);

    private static unsafe byte[] InRows(byte[] encoded, int rows)
    {
        fixed (byte* bytes = encoded)
        {
            using var image = new EncodedImage(bytes, encoded.Length, "a", DecodeLimits.Default);
            var whole = new WholeImage(image.Width, image.Height, 3, image.Orientation.IsTransposed);
            image.Decode(whole, rows);
            return whole.Image.Pixels;
        }
    }

    // All pixels in one call, on white.
    private static byte[] DecodedBySkia(byte[] encoded)
    {
        using SKCodec codec = SKCodec.Create(SKData.CreateCopy(encoded));
        using var sRgb = SKColorSpace.CreateSrgb();
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(new(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, sRgb), out byte[] rgba));
        return [.. rgba.Chunk(4).SelectMany(pixel => pixel[..3].Select(value => (byte)((value * pixel[3] + 255 * (255 - pixel[3]) + 127) / 255)))];
    }

    private static byte[] Png(bool alpha = false, bool wide = false, bool interlaced = false) =>
        new TestPng(Width, Height, Rgba) { HasAlpha = alpha, Has16Bits = wide, IsInterlaced = interlaced }.ToArray();

    private static byte[] Encoded(SKJpegEncoderOptions options)
    {
        using SKBitmap bitmap = Bitmap(alpha: false);
        return bitmap.PeekPixels()!.Encode(options)!.ToArray();
    }

    private static byte[] Encoded(SKWebpEncoderOptions options, bool alpha)
    {
        using SKBitmap bitmap = Bitmap(alpha);
        return bitmap.PeekPixels()!.Encode(options)!.ToArray();
    }

    private static SKBitmap Bitmap(bool alpha)
    {
        var bitmap = new SKBitmap(Width, Height, SKColorType.Rgba8888, alpha ? SKAlphaType.Unpremul : SKAlphaType.Opaque);
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = Rgba(i % Width, i / Width) | (alpha ? 0 : 0xFF000000);
        return bitmap;
    }

    // Coarse and fine, so that every row differs from its neighbours.
    private static uint Rgba(int x, int y) => (uint)((x * 5 + y * 3) & 0xFF | ((x / 7 * 40 + y * y) & 0xFF) << 8 | (x * y & 0xFF) << 16)
        | (uint)(255 - (x / 9 * 20 + y / 5 * 9 & 0x7F)) << 24;
}
