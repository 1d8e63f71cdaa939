using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Underpaint.Data.Images;
using Underpaint.Evaluation.Metrics;
using Underpaint.Tests.Golden;

namespace Underpaint.Tests.Evaluation.Metrics;

public class GradientMagnitudeSimilarityDeviationTests
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);
    private static readonly JsonElement Expected = Figures.Load("image_metrics.json");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_figures_are_those_of_the_reference_programs(int pair)
    {
        (float[] a, float[] b) = GoldenImages.Pair(pair);
        double small = Expected.Number("pairs_64", pair, "gmsd_luma_0.299_0.587_0.114", "zero_padded", "sample_std_n_minus_1");
        Assert.Equal(small, Of(a, b, GoldenImages.Size), small * 1e-6);

        (a, b) = GoldenImages.LargePair(pair);
        double large = Expected.Number("pairs_192", pair, "gmsd_luma", "zero_padded", "sample_std_n_minus_1");
        Assert.Equal(large, Of(a, b, GoldenImages.LargeSize), large * 1e-6);
        Assert.Equal(large, Of(GoldenImages.Luma(a), GoldenImages.Luma(b), GoldenImages.LargeSize), large * 1e-6);

        static double Of(float[] a, float[] b, int size) => GradientMagnitudeSimilarityDeviation.OfPlanes(a, b, size, size);
    }

    [Fact]
    public void Black_against_grey_differs_at_the_border_alone()
    {
        const double Grey = 0.2, C = 0.0026, Side = C / (Grey * Grey + C), Corner = C / (8.0 / 9 * Grey * Grey + C);
        const double Mean = (1 + 4 * Side + 4 * Corner) / 9;
        double variance = (Square(1 - Mean) + 4 * Square(Side - Mean) + 4 * Square(Corner - Mean)) / 8;
        Assert.Equal(Math.Sqrt(variance),
            GradientMagnitudeSimilarityDeviation.Of(SampleImages.Flat(6, 0, channels: 1), SampleImages.Flat(6, 51, channels: 1)), 1e-7);

        static double Square(double x) => x * x;
    }

    [Fact]
    public void An_odd_size_is_filled_up_with_zeros() =>
        Check.One(Quietly, Prop.ForAll<int>(seed =>
        {
            PixelImage a = SampleImages.Noise(9, 7, seed, 1), b = SampleImages.Noise(9, 7, seed + 1, 1);
            double odd = GradientMagnitudeSimilarityDeviation.Of(a, b);
            return Math.Abs(odd - GradientMagnitudeSimilarityDeviation.Of(FilledUp(a), FilledUp(b))) < 1e-12;
        }));

    [Fact]
    public void It_is_symmetric_below_a_half_or_so_and_0_for_the_image_itself() =>
        Check.One(Quietly, Prop.ForAll<int, int, bool>((seedA, seedB, grey) =>
        {
            PixelImage a = SampleImages.Noise(13, 10, seedA, grey ? 1 : 3), b = SampleImages.Noise(13, 10, seedB, grey ? 1 : 3);
            double deviation = GradientMagnitudeSimilarityDeviation.Of(a, b);
            return deviation is >= 0 and < 0.55
                && Math.Abs(deviation - GradientMagnitudeSimilarityDeviation.Of(b, a)) < 1e-12
                && GradientMagnitudeSimilarityDeviation.Of(a, a) == 0;
        }));

    [Fact]
    public void A_grey_image_is_the_same_with_one_channel_and_with_three()
    {
        PixelImage a = SampleImages.Noise(12, 12, 1, 1), b = SampleImages.Noise(12, 12, 2, 1);
        Assert.Equal(GradientMagnitudeSimilarityDeviation.Of(a, b),
            GradientMagnitudeSimilarityDeviation.Of(InColour(a), InColour(b)), 1e-12);
    }

    [Fact]
    public void Images_that_are_too_small_or_do_not_match_are_refused()
    {
        PixelImage small = SampleImages.Noise(5, 1), smallest = SampleImages.Noise(6, 1);
        var error = Assert.Throws<UnderpaintException>(() => GradientMagnitudeSimilarityDeviation.Of(small, small));
        Assert.Contains("6×6", error.Message, StringComparison.Ordinal);
        Assert.Throws<UnderpaintException>(() => GradientMagnitudeSimilarityDeviation.Of(small, smallest));
        Assert.Equal(0, GradientMagnitudeSimilarityDeviation.Of(smallest, smallest));
    }

    private static PixelImage FilledUp(PixelImage image)
    {
        int width = image.Width + image.Width % 2, height = image.Height + image.Height % 2;
        var pixels = new byte[width * height];
        for (int i = 0; i < image.Pixels.Length; i++)
            pixels[i / image.Width * width + i % image.Width] = image.Pixels[i];
        return new(width, height, 1, pixels);
    }

    private static PixelImage InColour(PixelImage grey) =>
        new(grey.Width, grey.Height, 3, [.. grey.Pixels.SelectMany(value => Enumerable.Repeat(value, 3))]);
}
