using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Underpaint.Data.Images;
using Underpaint.Evaluation.Metrics;
using Underpaint.Tests.Golden;

namespace Underpaint.Tests.Evaluation.Metrics;

public class MultiScaleStructuralSimilarityTests
{
    private const int Size = GoldenImages.LargeSize;

    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);
    private static readonly JsonElement Expected = Figures.Load("image_metrics.json").GetProperty("pairs_192");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_figures_are_those_of_the_reference_programs(int pair)
    {
        (float[] a, float[] b) = GoldenImages.LargePair(pair);
        Assert.Equal(Expected.Number(pair, "ms_ssim_rgb_mean"), MultiScaleStructuralSimilarity.OfPlanes(a, b, Size, Size), 1e-7);
        Assert.Equal(Expected.Number(pair, "ms_ssim_luma"),
            MultiScaleStructuralSimilarity.OfPlanes(GoldenImages.Luma(a), GoldenImages.Luma(b), Size, Size), 1e-7);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Channels_are_compared_on_their_own(int pair)
    {
        (float[] a, float[] b) = GoldenImages.LargePair(pair);
        const int Area = Size * Size;
        for (int c = 0; c < 3; c++)
            Assert.Equal(Expected.Number(pair, "ms_ssim_per_channel", c),
                MultiScaleStructuralSimilarity.OfPlanes(a.AsSpan(c * Area, Area), b.AsSpan(c * Area, Area), Size, Size), 1e-7);
    }

    [Fact]
    public void The_first_scale_is_that_of_SSIM()
    {
        (float[] a, float[] b) = GoldenImages.LargePair(0);
        Plane planeA = Plane.Split(a, Size, Size)[0], planeB = Plane.Split(b, Size, Size)[0];
        var (similarity, contrast) = StructuralSimilarity.MeansOf(planeA.Values, planeB.Values, Size);
        Assert.Equal(Expected.Number(0, "ssim_per_scale_channel0", 0), similarity, 1e-7);
        Assert.Equal(Expected.Number(0, "cs_per_scale_channel0", 0), contrast, 1e-7);
    }

    [Theory]
    [InlineData(11, 11, 1)]
    [InlineData(21, 90, 1)]
    [InlineData(28, 28, 2)]
    [InlineData(32, 32, 2)]
    [InlineData(64, 64, 3)]
    [InlineData(128, 128, 4)]
    [InlineData(176, 300, 5)]
    [InlineData(1024, 1024, 5)]
    [InlineData(10, 300, 0)]
    public void An_image_has_as_many_scales_as_keep_a_window(int width, int height, int scales) =>
        Assert.Equal(scales, MultiScaleStructuralSimilarity.ScalesOf(width, height));

    // Flat images differ in brightness alone, which only the last scale sees: what remains is its weight's share.
    [Theory]
    [InlineData(16, 1)]
    [InlineData(32, 0.2856 / 0.3304)]
    [InlineData(64, 0.3001 / 0.6305)]
    [InlineData(128, 0.2363 / 0.8668)]
    [InlineData(176, 0.1333)]
    public void The_weights_of_the_scales_that_fit_are_divided_by_their_sum(int size, double share)
    {
        PixelImage dark = SampleImages.Flat(size, 51), bright = SampleImages.Flat(size, 102);
        const double Similarity = (2 * 0.2 * 0.4 + 1e-4) / (0.2 * 0.2 + 0.4 * 0.4 + 1e-4);
        Assert.Equal(Math.Pow(Similarity, share), MultiScaleStructuralSimilarity.Fitted(dark, bright), 1e-7);
    }

    [Fact]
    public void With_one_scale_it_is_SSIM_and_with_five_MS_SSIM()
    {
        PixelImage small = SampleImages.Noise(17, 13, 1, channels: 3), other = SampleImages.Noise(17, 13, 2, channels: 3);
        PixelImage mixed = Mix(small, other);
        Assert.Equal(StructuralSimilarity.Of(small, mixed), MultiScaleStructuralSimilarity.Fitted(small, mixed), 1e-12);
        (float[] a, float[] b) = GoldenImages.LargePair(1);
        Assert.Equal(MultiScaleStructuralSimilarity.OfPlanes(a, b, Size, Size), MultiScaleStructuralSimilarity.FittedPlanes(a, b, Size, Size));
    }

    [Fact]
    public void An_odd_last_column_counts_at_the_first_scale_only()
    {
        PixelImage image = SampleImages.Noise(23, 22, 1, channels: 1);
        byte[] pixels = [.. image.Pixels.Select((value, i) => i % 23 == 22 ? (byte)(255 - value) : value)];
        PixelImage changed = new(23, 22, 1, pixels);
        Plane a = Plane.Split(ImagePlanes.Of(image), 23, 22)[0], b = Plane.Split(ImagePlanes.Of(changed), 23, 22)[0];
        double contrast = StructuralSimilarity.MeansOf(a.Values, b.Values, 23).Contrast;
        Assert.InRange(contrast, 0.1, 0.9999);
        Assert.Equal(Math.Pow(contrast, 0.0448 / 0.3304), MultiScaleStructuralSimilarity.Fitted(image, changed), 1e-12);
    }

    [Fact]
    public void It_is_between_0_and_1_symmetric_and_1_for_the_image_itself() =>
        Check.One(Quietly, Prop.ForAll<int, int, bool>((seedA, seedB, grey) =>
        {
            PixelImage a = SampleImages.Noise(25, 33, seedA, grey ? 1 : 3), b = SampleImages.Noise(25, 33, seedB, grey ? 1 : 3);
            double similarity = MultiScaleStructuralSimilarity.Fitted(a, b);
            return similarity is >= 0 and <= 1
                && Math.Abs(similarity - MultiScaleStructuralSimilarity.Fitted(b, a)) < 1e-12
                && Math.Abs(MultiScaleStructuralSimilarity.Fitted(a, a) - 1) < 1e-12;
        }));

    [Fact]
    public void An_image_against_its_negative_is_0_and_not_undefined()
    {
        PixelImage image = SampleImages.Noise(32, 1);
        PixelImage negative = new(32, 32, 3, [.. image.Pixels.Select(value => (byte)(255 - value))]);
        Assert.Equal(0, MultiScaleStructuralSimilarity.Fitted(image, negative));
    }

    [Fact]
    public void Images_that_are_too_small_are_refused_with_what_to_use_instead()
    {
        PixelImage small = SampleImages.Flat(175, 1, channels: 1);
        var error = Assert.Throws<UnderpaintException>(() => MultiScaleStructuralSimilarity.Of(small, small));
        Assert.Contains("176×176", error.What, StringComparison.Ordinal);
        Assert.Contains("fitted MS-SSIM", error.Remedy, StringComparison.Ordinal);
        PixelImage tiny = SampleImages.Noise(10, 1);
        Assert.Throws<UnderpaintException>(() => MultiScaleStructuralSimilarity.Fitted(tiny, tiny));
        Assert.Throws<UnderpaintException>(() => MultiScaleStructuralSimilarity.Fitted(small, tiny));
    }

    private static PixelImage Mix(PixelImage a, PixelImage b) =>
        new(a.Width, a.Height, a.Channels, [.. a.Pixels.Zip(b.Pixels, (x, y) => (byte)((3 * x + y) / 4))]);
}
