using FsCheck;
using FsCheck.Fluent;
using Underpaint.Data.Images;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Tests.Evaluation.Metrics;

public class PeakSignalToNoiseTests
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    [Theory]
    [InlineData(0, 0.00247153945, 26.0703245)]
    [InlineData(1, 0.0790111766, 11.0231147)]
    public void The_figures_are_those_of_the_reference_programs(int pair, double error, double ratio)
    {
        (float[] a, float[] b) = GoldenImages.Pair(pair);
        Assert.Equal(error, MeanSquaredError.OfPlanes(a, b), error * 1e-6);
        Assert.Equal(ratio, PeakSignalToNoise.OfError(MeanSquaredError.OfPlanes(a, b)), 1e-5);
    }

    [Fact]
    public void The_figures_are_those_of_the_official_Diff_AE_code()
    {
        foreach (var pair in GoldenImages.OfficialPairs())
        {
            double error = MeanSquaredError.OfPlanes(pair.A, pair.B);
            Assert.Equal(pair.Mse, error, pair.Mse * 1e-5);
            Assert.Equal(pair.Psnr, PeakSignalToNoise.OfError(error), 1e-4);
        }
    }

    [Fact]
    public void An_error_of_one_level_everywhere_is_48_decibels() =>
        Assert.Equal(20 * Math.Log10(255), PeakSignalToNoise.Of(SampleImages.Flat(10, 20), SampleImages.Flat(10, 21)), 1e-4);

    [Fact]
    public void Black_against_white_is_0_decibels() =>
        Assert.Equal(0, PeakSignalToNoise.Of(SampleImages.Flat(8, 0), SampleImages.Flat(8, 255)));

    [Fact]
    public void Identical_images_are_infinitely_good_and_count_as_the_cap_in_a_mean()
    {
        PixelImage image = SampleImages.Noise(16, seed: 1);
        Assert.Equal(double.PositiveInfinity, PeakSignalToNoise.Of(image, image));
        Assert.Equal(60, PeakSignalToNoise.Mean([double.PositiveInfinity, 20]));
    }

    [Fact]
    public void It_is_symmetric_and_never_negative() =>
        Check.One(Quietly, Prop.ForAll<int, int>((seedA, seedB) =>
        {
            PixelImage a = SampleImages.Noise(12, seedA), b = SampleImages.Noise(12, seedB);
            double ratio = PeakSignalToNoise.Of(a, b);
            return ratio >= 0 && ratio == PeakSignalToNoise.Of(b, a);
        }));

    [Fact]
    public void Images_of_different_sizes_or_channels_are_refused()
    {
        var error = Assert.Throws<UnderpaintException>(() => PeakSignalToNoise.Of(SampleImages.Noise(16, 1), SampleImages.Noise(17, 1)));
        Assert.Contains("16×16", error.Message, StringComparison.Ordinal);
        Assert.Throws<UnderpaintException>(() => PeakSignalToNoise.Of(SampleImages.Noise(16, 1), SampleImages.Noise(16, 1, channels: 1)));
    }
}
