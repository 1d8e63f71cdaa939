using Underpaint.Data.Images;
using Underpaint.Reports;
using Underpaint.Tests.Evaluation;

namespace Underpaint.Tests.Reports;

public class ErrorMapTests
{
    [Fact]
    public void Larger_errors_are_brighter_up_to_the_full_scale()
    {
        byte[] errors = [0, 16, 32, 48, 64, 255];
        PixelImage map = ErrorMap.Of(new PixelImage(6, 1, 1, new byte[6]), new PixelImage(6, 1, 1, errors));
        int[] brightness = [.. Enumerable.Range(0, 6).Select(i => map.Pixels[3 * i] + map.Pixels[3 * i + 1] + map.Pixels[3 * i + 2])];
        Assert.Equal(brightness.Order(), brightness);
        Assert.Equal(6 - 1, brightness.Distinct().Count());
        Assert.Equal(brightness[5], brightness[4]);
        Assert.InRange(brightness[0], 0, 10);
    }

    [Fact]
    public void The_order_of_the_images_does_not_matter()
    {
        PixelImage a = SampleImages.Noise(8, 1), b = SampleImages.Noise(8, 2);
        Assert.Equal(ErrorMap.Of(a, b).Pixels, ErrorMap.Of(b, a).Pixels);
    }

    [Fact]
    public void The_error_is_the_mean_over_the_channels()
    {
        PixelImage black = SampleImages.Flat(1, 0);
        Assert.Equal(
            ErrorMap.Of(black, new PixelImage(1, 1, 3, [20, 20, 20])).Pixels,
            ErrorMap.Of(black, new PixelImage(1, 1, 3, [0, 0, 60])).Pixels);
    }

    [Fact]
    public void Images_of_different_sizes_are_refused() =>
        Assert.Throws<UnderpaintException>(() => ErrorMap.Of(SampleImages.Flat(4, 0), SampleImages.Flat(5, 0)));
}
