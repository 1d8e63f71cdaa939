using SkiaSharp;
using Underpaint.Data.Images;

namespace Underpaint.Tests.Data.Images;

public class ImageDecoderTests
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Every_usual_format_is_decoded_to_RGB(SKEncodedImageFormat format)
    {
        PixelImage image = ImageDecoder.Decode(TestImages.Encoded(format, 6, 4), "a");
        Assert.Equal((6, 4, 3), (image.Width, image.Height, image.Channels));
        Assert.InRange(image.Pixels[0], 196, 204);
        Assert.InRange(image.Pixels[1], 96, 104);
        Assert.InRange(image.Pixels[2], 46, 54);
    }

    [Fact]
    public void A_GIF_of_one_frame_is_decoded() =>
        Assert.Equal([10, 20, 30], ImageDecoder.Decode(TestImages.Gif(frames: 1), "a.gif").Pixels);

    [Fact]
    public void A_BMP_is_decoded() =>
        Assert.Equal([30, 20, 10], ImageDecoder.Decode(TestImages.Bmp(), "a.bmp").Pixels);

    [Fact]
    public void Transparent_pixels_are_laid_on_white()
    {
        byte[] pixels = ImageDecoder.Decode(TestImages.Png(1, 1, new SKColor(0, 100, 200, 51)), "a.png").Pixels;
        Assert.Equal([204, 224, 244], pixels);
    }

    [Theory]
    [InlineData(1, 0, 1, 2, 3)]
    [InlineData(2, 1, 0, 3, 2)]
    [InlineData(3, 3, 2, 1, 0)]
    [InlineData(4, 2, 3, 0, 1)]
    [InlineData(5, 0, 2, 1, 3)]
    [InlineData(6, 2, 0, 3, 1)]
    [InlineData(7, 3, 1, 2, 0)]
    [InlineData(8, 1, 3, 0, 2)]
    public void A_photo_is_turned_upright_by_its_EXIF_orientation(byte orientation, params int[] quarters)
    {
        // Four grey quarters of 8 × 16: 0 1 over 2 3; the numbers expected are the same quarters in reading order once upright.
        using var bitmap = new SKBitmap(16, 32, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int y = 0; y < 32; y++)
        {
            for (int x = 0; x < 16; x++)
                bitmap.SetPixel(x, y, Grey(x / 8 + y / 16 * 2));
        }
        byte[] jpeg = TestImages.WithOrientation(bitmap.Encode(SKEncodedImageFormat.Jpeg, 100).ToArray(), orientation);

        PixelImage image = ImageDecoder.Decode(jpeg, "a.jpg");

        Assert.Equal(orientation < 5 ? (16, 32) : (32, 16), (image.Width, image.Height));
        int[] seen = [At(1, 1), At(3, 1), At(1, 3), At(3, 3)];
        Assert.Equal(quarters, seen);

        static SKColor Grey(int quarter) => new((byte)(quarter * 80), (byte)(quarter * 80), (byte)(quarter * 80));
        int At(int x, int y) => (image.Pixels[(y * image.Height / 4 * image.Width + x * image.Width / 4) * 3] + 40) / 80;
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void An_image_that_is_cut_off_is_refused(SKEncodedImageFormat format)
    {
        byte[] encoded = TestImages.Encoded(format, 64, 64);
        Assert.Throws<FileFormatException>(() => ImageDecoder.Decode(encoded.AsSpan(0, encoded.Length * 4 / 5), "a"));
    }

    [Fact]
    public void Bytes_that_are_no_image_are_refused_by_name()
    {
        var error = Assert.Throws<FileFormatException>(() => ImageDecoder.Decode("hello"u8, "notes.jpg"));
        Assert.StartsWith("notes.jpg is not a JPEG", error.Message);
        Assert.Throws<FileFormatException>(() => ImageDecoder.Decode([], "empty.jpg"));
    }

    [Theory]
    [InlineData(16_385, 1)]
    [InlineData(1, 16_385)]
    [InlineData(16_000, 16_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void A_giant_is_refused_by_its_header_before_its_pixels_take_memory(int width, int height)
    {
        byte[] header = TestImages.PngHeader(width, height);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<FileFormatException>(() => ImageDecoder.Decode(header, "giant.png"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void The_size_is_named_when_it_is_beyond_the_limits()
    {
        var error = Assert.Throws<FileFormatException>(() => ImageDecoder.Decode(TestImages.PngHeader(16_385, 2), "wide.png"));
        Assert.Contains("16385 × 2", error.Message);
    }

    [Fact]
    public void An_animated_GIF_is_refused()
    {
        var error = Assert.Throws<FileFormatException>(() => ImageDecoder.Decode(TestImages.Gif(frames: 3), "a.gif"));
        Assert.Contains("animated (3 frames)", error.Message);
    }

    [Fact]
    public void A_file_longer_than_the_limit_is_refused() =>
        Assert.Contains("more than the limit", Assert.Throws<FileFormatException>(
            () => ImageDecoder.Decode(TestImages.Png(), "a.png", new DecodeLimits { MaxBytes = 10 })).Message);

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    [InlineData(SKEncodedImageFormat.Gif)]
    public void A_changed_byte_anywhere_never_brings_another_kind_of_error(SKEncodedImageFormat format)
    {
        byte[] encoded = format == SKEncodedImageFormat.Gif ? TestImages.Gif(frames: 1) : TestImages.Encoded(format);
        var limits = new DecodeLimits { MaxPixels = 1_000_000 };
        for (int i = 0; i < encoded.Length; i++)
        {
            byte[] changed = [.. encoded];
            changed[i] ^= (byte)RandomSource.SeedOf(0, "change", i);
            Exception? error = Record.Exception(() => ImageDecoder.Decode(changed, "a", limits));
            Assert.True(error is null or FileFormatException, $"byte {i}: {error}");
        }
    }

    [Fact]
    public void A_few_bytes_that_declare_many_pixels_are_refused_before_they_are_decoded()
    {
        byte[] gif = [.. "GIF89a"u8, 0x00, 0x20, 0x00, 0x20, 0, 0, 0, 0x2C, 0, 0, 0, 0, 0x00, 0x20, 0x00, 0x20, 0, 2, 2, 0x4C, 1, 0, 0x3B];
        var error = Assert.Throws<FileFormatException>(() => ImageDecoder.Decode(gif, "bomb.gif"));
        Assert.Contains("8192 × 8192 pixels in 29 bytes", error.Message, StringComparison.Ordinal);
    }
}
