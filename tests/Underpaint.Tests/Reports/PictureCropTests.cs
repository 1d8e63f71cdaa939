using Underpaint.Data.Images;
using Underpaint.Reports;
using Underpaint.Tests.Evaluation;

namespace Underpaint.Tests.Reports;

public class PictureCropTests
{
    [Fact]
    public void It_lies_where_the_detail_is()
    {
        PixelImage image = SampleImages.Flat(64, 128);
        PixelImage noise = SampleImages.Noise(16, 1);
        for (int y = 0; y < 16; y++)
            noise.Pixels.AsSpan(y * 48, 48).CopyTo(image.Pixels.AsSpan(((y + 48) * 64 + 12) * 3));
        PictureCrop crop = PictureCrop.OfMostDetail(image);
        Assert.Equal(12.0 / 64, crop.Left, 1e-9);
        Assert.Equal(48.0 / 64, crop.Top, 1e-9);
        Assert.Equal(noise.Pixels, crop.Of(image).Pixels);
    }

    [Fact]
    public void Of_another_size_it_is_the_same_part() =>
        Assert.Equal((32, 16), (new PictureCrop(0.5, 0.25, 0.25).Of(SampleImages.Noise(128, 64, 1, 3)).Width, new PictureCrop(0, 0, 0.25).Of(SampleImages.Flat(64, 1)).Height));

    [Fact]
    public void A_tiny_image_is_taken_whole() =>
        Assert.Equal(9, PictureCrop.OfMostDetail(SampleImages.Noise(9, 1, 1)).Of(SampleImages.Noise(9, 1, 1)).Width);
}
