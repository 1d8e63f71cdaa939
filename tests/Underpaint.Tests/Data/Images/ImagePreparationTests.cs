using Underpaint.Data.Images;

namespace Underpaint.Tests.Data.Images;

public class ImagePreparationTests
{
    private static readonly DataOptions CelebaFaces = new() { Size = 64, Crop = ImageCrop.Celeba };

    [Fact]
    public void Half_the_size_equals_the_official_figures()
    {
        var golden = new GoldenFigures(SharedFiles.Path("golden", "diffae", "misc", "misc.safetensors"));
        var image = new PixelImage(256, 256, 3, golden.Bytes("img256_uint8_hwc").ToArray());
        AssertEqual(golden.Floats("resize128"), ImagePreparation.Prepare(image, new DataOptions { Size = 128 }));
    }

    [Fact]
    public void The_crop_of_CelebA_resized_to_64_equals_the_official_figures()
    {
        var golden = new GoldenFigures(SharedFiles.Path("golden", "diffae", "misc", "misc.safetensors"));
        var image = new PixelImage(178, 218, 3, golden.Bytes("celeba_like_uint8_hwc").ToArray());
        AssertEqual(golden.Floats("d2c_crop_resize64"), ImagePreparation.Prepare(image, CelebaFaces));
    }

    [Fact]
    public void The_crop_of_CelebA_is_the_same_when_columns_come_instead_of_rows()
    {
        PixelImage image = TestImages.Gradient(178, 218);
        IImageMaker byColumns = ImagePreparation.Lines(178, 218, channels: 3, byColumns: true, CelebaFaces, "turned");
        for (int x = 0; x < image.Width; x++)
            byColumns.Take(x, [.. Enumerable.Range(0, image.Height).SelectMany(y => image.Pixels.AsSpan((y * image.Width + x) * 3, 3).ToArray())]);
        Assert.Equal(ImagePreparation.Prepare(image, CelebaFaces).Pixels, byColumns.Image.Pixels);
    }

    [Fact]
    public void The_crop_of_CelebA_in_its_own_size_and_in_grey_is_cut_and_nothing_else()
    {
        PixelImage image = TestImages.Gradient(178, 218);
        PixelImage face = ImagePreparation.Prepare(image, new DataOptions { Size = 128, Crop = ImageCrop.Celeba });
        Assert.Equal(Enumerable.Range(57, 128).SelectMany(y => image.Pixels.AsSpan((y * 178 + 25) * 3, 128 * 3).ToArray()), face.Pixels);
        PixelImage grey = ImagePreparation.Prepare(image, new DataOptions { Size = 128, Crop = ImageCrop.Celeba, Color = ColorMode.Grey });
        Assert.Equal(ImagePreparation.Prepare(face, new DataOptions { Size = 128, Color = ColorMode.Grey }).Pixels, grey.Pixels);
    }

    [Fact]
    public void Faces_that_are_cut_out_already_are_left_as_they_are_and_images_of_other_sizes_are_refused()
    {
        PixelImage face = TestImages.Gradient(64, 64);
        Assert.Same(face, ImagePreparation.Prepare(face, CelebaFaces));
        string message = Assert.Throws<FileFormatException>(() => ImagePreparation.Prepare(TestImages.Gradient(218, 178), CelebaFaces, "a.jpg")).Message;
        Assert.StartsWith("a.jpg is 218 × 178 pixels, and the recipe's crop of aligned CelebA is for 178 × 218", message);
        Assert.Throws<FileFormatException>(() => ImageDecoder.Decode(TestImages.Png(178, 217), "b.png", CelebaFaces));
    }

    [Fact]
    public void An_image_of_the_right_size_is_left_as_it_is()
    {
        PixelImage image = TestImages.Gradient(32, 32);
        Assert.Same(image, ImagePreparation.Prepare(image, new DataOptions { Size = 32 }));
    }

    [Theory]
    [InlineData(48, 33, 8)] // (48 - 33) / 2 = 7.5 goes to 8, the even neighbour
    [InlineData(46, 33, 6)] // 6.5 goes to 6
    public void The_middle_of_a_wide_image_is_kept(int width, int size, int left)
    {
        PixelImage image = TestImages.Gradient(width, size);
        PixelImage middle = ImagePreparation.Prepare(image, new DataOptions { Size = size });
        Assert.Equal(image.Pixels[(left * 3)..((left + size) * 3)], middle.Pixels[..(size * 3)]);
    }

    [Fact]
    public void A_very_long_image_costs_no_more_than_its_middle()
    {
        PixelImage line = TestImages.Gradient(1, 16_384);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PixelImage image = ImagePreparation.Prepare(line, new DataOptions { Size = 512 });
        Assert.Equal((512, 512), (image.Width, image.Height));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Fact]
    public void An_even_image_stays_even_at_any_size()
    {
        var image = new PixelImage(7, 5, 3, [.. Enumerable.Repeat((byte)255, 105)]);
        foreach (int size in new[] { 1, 2, 3, 5, 6, 16 })
            Assert.All(ImagePreparation.Prepare(image, new DataOptions { Size = size }).Pixels, value => Assert.Equal(255, value));
    }

    [Fact]
    public void Grey_is_luma()
    {
        var colors = new PixelImage(2, 2, 3, [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
        PixelImage grey = ImagePreparation.Prepare(colors, new DataOptions { Size = 2, Color = ColorMode.Grey });
        Assert.Equal(1, grey.Channels);
        Assert.Equal([76, 150, 29, 255], grey.Pixels);
    }

    [Fact]
    public void A_grey_image_becomes_three_equal_channels()
    {
        PixelImage rgb = ImagePreparation.Prepare(new PixelImage(2, 2, 1, [1, 2, 3, 4]), new DataOptions { Size = 2 });
        Assert.Equal([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], rgb.Pixels);
    }

    private static void AssertEqual(ReadOnlySpan<float> official, PixelImage image)
    {
        int plane = image.Width * image.Height;
        for (int i = 0; i < image.Pixels.Length; i++)
            Assert.Equal((int)Math.Round((official[i % 3 * plane + i / 3] + 1) * 127.5), image.Pixels[i]);
    }
}
