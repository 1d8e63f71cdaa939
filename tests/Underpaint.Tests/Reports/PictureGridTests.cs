using SkiaSharp;
using Underpaint.Data.Images;
using Underpaint.Reports;
using Underpaint.Tests.Evaluation;

namespace Underpaint.Tests.Reports;

public class PictureGridTests
{
    private static readonly PixelImage Red = new(1, 1, 3, [255, 0, 0]);

    [Theory]
    [InlineData(28, 28, 4)]
    [InlineData(32, 32, 4)]
    [InlineData(48, 32, 2)]
    [InlineData(64, 64, 2)]
    [InlineData(100, 100, 1)]
    [InlineData(512, 512, 1)]
    public void Small_images_are_enlarged_by_a_whole_factor(int width, int height, int factor) =>
        Assert.Equal(factor, PictureGrid.FactorFor(width, height));

    [Fact]
    public void A_sheet_of_pictures_alone_is_as_large_as_they_and_the_margins()
    {
        PixelImage image = SampleImages.Noise(32, 1);
        using SKBitmap sheet = Pixels.Decode(new PictureGrid { Rows = [new("", [new(image), new(image)]), new("", [new(image)])] }.ToPng());
        Assert.Equal((24 + 128 + 12 + 128 + 24, 24 + 128 + 12 + 128 + 24), (sheet.Width, sheet.Height));
    }

    [Fact]
    public void Every_pixel_of_a_picture_becomes_a_hard_edged_block()
    {
        PixelImage image = SampleImages.Noise(32, 1);
        using SKBitmap sheet = Pixels.Decode(new PictureGrid { Rows = [new("", [new(image)])] }.ToPng());
        for (int y = 0; y < 128; y++)
        {
            for (int x = 0; x < 128; x++)
            {
                int i = 3 * (y / 4 * 32 + x / 4);
                Assert.Equal(new SKColor(image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]), sheet.GetPixel(24 + x, 24 + y));
            }
        }
    }

    [Fact]
    public void Headers_labels_and_captions_are_drawn_where_they_belong()
    {
        var bare = new PictureGrid { Rows = [new("", [new(Red)])] };
        using SKBitmap header = Pixels.Decode((bare with { Columns = ["original → 20 steps"] }).ToPng());
        Assert.True(Pixels.Marked(header, 24, 20, header.Width - 48, 24) > 100);
        Assert.Equal(new SKColor(255, 0, 0), header.GetPixel(header.Width / 2, header.Height / 2));

        using SKBitmap label = Pixels.Decode(new PictureGrid { Rows = [new("photo.png", [new(Red)])] }.ToPng());
        Assert.True(Pixels.Marked(label, 24, 24, label.Width - 24 - 128 - 24 - 12, 128) > 100);

        using SKBitmap caption = Pixels.Decode(new PictureGrid { Rows = [new("", [new(Red, "21.3 dB")])] }.ToPng());
        Assert.True(Pixels.Marked(caption, 24, 24 + 128, 128, 22) > 100);
    }

    [Fact]
    public void A_place_can_stay_empty()
    {
        using SKBitmap sheet = Pixels.Decode(new PictureGrid { Rows = [new("", [null, new(Red)])] }.ToPng());
        Assert.Equal(0, Pixels.Marked(sheet, 24, 24, 128, 128));
        Assert.Equal(128 * 128, Pixels.Marked(sheet, 24 + 128 + 12, 24, 128, 128));
    }

    [Fact]
    public void A_sheet_without_pictures_or_far_too_large_is_refused()
    {
        Assert.Throws<UnderpaintException>(() => new PictureGrid { Columns = ["original"], Rows = [new("nothing", [null])] }.ToPng());
        PictureRow row = new("", [new(Red)]);
        var error = Assert.Throws<UnderpaintException>(() => new PictureGrid { Rows = [.. Enumerable.Repeat(row, 120)] }.ToPng());
        Assert.Contains("16384", error.Message, StringComparison.Ordinal);
    }
}
