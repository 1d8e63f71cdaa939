using FsCheck;
using FsCheck.Fluent;
using Underpaint.Data.Images;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Tests.Evaluation.Metrics;

public class PowerSpectrumRatioTests
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    private static readonly Arbitrary<(int Width, int Height, int Seed)> Sizes =
        (from width in Gen.Choose(4, 40)
         from height in Gen.Choose(4, 40)
         from seed in Gen.Choose(0, int.MaxValue)
         select (width, height, seed)).ToArbitrary();

    [Fact]
    public void All_power_together_is_the_mean_square_of_the_values() =>
        Check.One(Quietly, Prop.ForAll(Sizes, size =>
        {
            float[] planes = ImagePlanes.Of(SampleImages.Noise(size.Width, size.Height, size.Seed, channels: 3));
            double[] powers = RadialPowerSpectrum.Of(planes, size.Width, size.Height);
            int[] sizes = RadialPowerSpectrum.SizesOf(RadialPowerSpectrum.BinsOf(size.Width, size.Height));
            double total = powers.Zip(sizes, (power, count) => power * count).Sum() / (size.Width * size.Height);
            return Math.Abs(total - planes.Average(value => (double)value * value)) < 1e-12;
        }));

    [Fact]
    public void No_bin_is_empty_and_the_first_holds_the_mean_alone()
    {
        for (int width = 4; width < 70; width++)
        {
            foreach (int height in (int[])[4, 5, 16, 33, 64, 200])
            {
                int[] sizes = RadialPowerSpectrum.SizesOf(RadialPowerSpectrum.BinsOf(width, height));
                Assert.Equal(1, sizes[0]);
                Assert.DoesNotContain(0, sizes);
            }
        }
    }

    [Theory]
    [InlineData(32, 32, 5, 0, 5)]
    [InlineData(32, 32, 16, 16, 23)]
    [InlineData(30, 21, 10, 7, 10)]
    [InlineData(21, 35, 0, 10, 6)]
    [InlineData(64, 32, 1, 0, 1)]
    public void A_wave_lies_in_the_bin_of_its_frequency(int width, int height, int alongX, int alongY, int bin)
    {
        const double Amplitude = 0.25;
        float[] wave = [.. Enumerable.Range(0, width * height).Select(i => (float)(0.5 + Amplitude * Math.Cos(2 * Math.PI
            * (alongX * (double)(i % width) / width + alongY * (double)(i / width) / height))))];
        SpectrumBin[] bins = PowerSpectrumRatio.OfPlanes(wave, wave, width, height);
        int[] sizes = RadialPowerSpectrum.SizesOf(RadialPowerSpectrum.BinsOf(width, height));
        double area = width * height;
        bool chequered = 2 * alongX == width && 2 * alongY == height;
        double meanSquare = chequered ? Amplitude * Amplitude : Amplitude * Amplitude / 2;
        Assert.Equal(0.25 * area, bins[0].OriginalPower, 1e-4);
        Assert.Equal(meanSquare * area / sizes[bin], bins[bin].OriginalPower, 1e-5);
        Assert.All(bins.Where((_, i) => i != 0 && i != bin), other => Assert.Equal(0, other.OriginalPower, 1e-10));
        Assert.Equal(bin / (double)Math.Min(width, height), bins[bin].Frequency, 1e-12);
    }

    [Fact]
    public void Half_the_contrast_is_a_quarter_of_the_power_at_every_frequency()
    {
        float[] image = ImagePlanes.Of(SampleImages.Noise(31, 18, 1, channels: 3));
        SpectrumBin[] bins = PowerSpectrumRatio.OfPlanes(image, [.. image.Select(value => value / 2)], 31, 18);
        Assert.All(bins, bin => Assert.Equal(0.25, bin.Ratio, 1e-9));
        Assert.Equal(10 * Math.Log10(4), PowerSpectrumRatio.LogSpectralDistance(bins), 1e-8);
    }

    [Fact]
    public void It_does_not_matter_where_the_detail_is() =>
        Check.One(Quietly, Prop.ForAll(Sizes, size =>
        {
            float[] image = ImagePlanes.Of(SampleImages.Noise(size.Width, size.Height, size.Seed, channels: 1));
            int moved = size.Seed % image.Length / size.Width * size.Width;
            float[] rolled = [.. image[moved..], .. image[..moved]];
            return PowerSpectrumRatio.LogSpectralDistance(PowerSpectrumRatio.OfPlanes(image, rolled, size.Width, size.Height)) < 1e-9;
        }));

    [Fact]
    public void The_distance_is_the_root_mean_square_of_the_decibels_without_the_mean_colour()
    {
        SpectrumBin[] bins = [new(0, 1, 100), new(0.25, 1, 10), new(0.5, 10, 1), new(0.75, 1, 1)];
        Assert.Equal(10 * Math.Sqrt(2 / 3.0), PowerSpectrumRatio.LogSpectralDistance(bins), 1e-12);
    }

    [Fact]
    public void Flat_and_identical_images_have_a_ratio_of_1()
    {
        PixelImage dark = SampleImages.Flat(9, 10), bright = SampleImages.Flat(9, 200), noise = SampleImages.Noise(9, 1);
        Assert.All(PowerSpectrumRatio.Of(noise, noise), bin => Assert.Equal(1, bin.Ratio));
        Assert.All(PowerSpectrumRatio.Of(dark, bright).Skip(1), bin => Assert.Equal(1, bin.Ratio));
        Assert.Equal(0, PowerSpectrumRatio.LogSpectralDistance(PowerSpectrumRatio.Of(dark, bright)));
        Assert.All(PowerSpectrumRatio.Of(dark, noise), bin => Assert.True(double.IsFinite(bin.Ratio) && bin.Ratio > 1));
    }

    [Fact]
    public void The_mean_over_images_is_that_of_their_powers()
    {
        SpectrumBin mean = Assert.Single(PowerSpectrumRatio.Mean([[new(0.5, 1, 0)], [new(0.5, 3, 4)]]));
        Assert.Equal(new SpectrumBin(0.5, 2, 2), mean);
    }

    [Fact]
    public void Images_that_are_too_small_or_do_not_match_are_refused()
    {
        PixelImage small = SampleImages.Noise(3, 1), smallest = SampleImages.Noise(4, 1);
        var error = Assert.Throws<UnderpaintException>(() => PowerSpectrumRatio.Of(small, small));
        Assert.Contains("4×4", error.Message, StringComparison.Ordinal);
        Assert.Throws<UnderpaintException>(() => PowerSpectrumRatio.Of(small, smallest));
    }
}
