using FsCheck;
using FsCheck.Fluent;
using SkiaSharp;
using Underpaint.Data.Images;
using Underpaint.Reports;
using Underpaint.Tests.Evaluation;

namespace Underpaint.Tests.Reports;

public class PngTests
{
    [Fact]
    public void Every_image_decodes_back_to_the_same_pixels() =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true), Prop.ForAll<int, bool>((seed, grey) =>
        {
            int size = 1 + Math.Abs(seed % 20);
            PixelImage image = SampleImages.Noise(size, seed, grey ? 1 : 3);
            using SKBitmap decoded = Pixels.Decode(Png.Encode(image));
            return (decoded.Width, decoded.Height) == (size, size)
                && Enumerable.Range(0, size * size).All(i => decoded.GetPixel(i % size, i / size) == ColorOf(image, i));
        }));

    [Fact]
    public void Images_need_not_be_square()
    {
        using SKBitmap decoded = Pixels.Decode(Png.Encode(new PixelImage(3, 2, 1, [1, 2, 3, 4, 5, 6])));
        Assert.Equal((3, 2), (decoded.Width, decoded.Height));
        Assert.Equal(new SKColor(4, 4, 4), decoded.GetPixel(0, 1));
    }

    private static SKColor ColorOf(PixelImage image, int i) => image.Channels == 1
        ? new SKColor(image.Pixels[i], image.Pixels[i], image.Pixels[i])
        : new SKColor(image.Pixels[3 * i], image.Pixels[3 * i + 1], image.Pixels[3 * i + 2]);
}
