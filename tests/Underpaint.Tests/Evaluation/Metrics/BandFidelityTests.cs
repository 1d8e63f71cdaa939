using FsCheck;
using FsCheck.Fluent;
using Underpaint.Data.Images;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Tests.Evaluation.Metrics;

public class BandFidelityTests
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    [Theory]
    [InlineData(7, 7, "structure, texture")]
    [InlineData(16, 300, "structure, edges, texture")]
    [InlineData(28, 28, "structure, shapes, edges, texture")]
    [InlineData(32, 32, "structure, shapes, edges, texture")]
    [InlineData(64, 64, "structure, large shapes, small shapes, edges, texture")]
    [InlineData(128, 128, "structure, large shapes, shapes, small shapes, edges, texture")]
    [InlineData(500, 700, "structure, large shapes, shapes, small shapes, edges, texture")]
    public void How_many_bands_there_are_follows_from_the_size(int width, int height, string names) =>
        Assert.Equal(names, string.Join(", ", BandFidelity.NamesOf(width, height)));

    [Fact]
    public void Every_band_of_an_image_itself_is_right() =>
        Check.One(Quietly, Prop.ForAll<int, bool>((seed, grey) =>
        {
            PixelImage image = SampleImages.Noise(17, 23, seed, grey ? 1 : 3);
            return BandFidelity.Of(image, image).All(band => band is { RelativeError: 0, EnergyRatio: 1 });
        }));

    [Fact]
    public void A_flat_picture_of_the_right_colour_has_nothing_of_any_band()
    {
        float[] image = ImagePlanes.Of(SampleImages.Noise(32, 32, 1, channels: 1));
        float colour = (float)LaplacianPyramid.Of(Plane.Split(image, 32, 32)[0], 3)[0].Values.Average();
        foreach (BandScore band in BandFidelity.OfPlanes(image, [.. image.Select(_ => colour)], 32, 32))
        {
            Assert.Equal(1, band.RelativeError, 1e-6);
            Assert.InRange(band.EnergyRatio, 0, 0.01);
        }
    }

    [Fact]
    public void Half_the_contrast_is_a_quarter_of_the_energy_in_every_band()
    {
        float[] image = ImagePlanes.Of(SampleImages.Noise(64, 49, 1, channels: 1));
        double colour = LaplacianPyramid.Of(Plane.Split(image, 64, 49)[0], 4)[0].Values.Average();
        BandScore[] bands = BandFidelity.OfPlanes(image, [.. image.Select(value => (float)(colour + (value - colour) / 2))], 64, 49);
        Assert.Equal(5, bands.Length);
        foreach (BandScore band in bands)
        {
            Assert.Equal(0.25, band.RelativeError, 1e-6);
            Assert.Equal(0.25, band.EnergyRatio, 1e-6);
        }
    }

    [Fact]
    public void A_wrong_brightness_is_wrong_in_structure_alone()
    {
        PixelImage image = SampleImages.Noise(32, 1);
        float[] planes = ImagePlanes.Of(image);
        BandScore[] bands = BandFidelity.OfPlanes(planes, [.. planes.Select(value => value + 0.1f)], 32, 32);
        Assert.Equal(0.01, bands[0].ErrorEnergy, 1e-7);
        Assert.Equal(1, bands[0].EnergyRatio, 1e-5);
        Assert.All(bands[1..], band => Assert.Equal(0, band.RelativeError, 1e-9));
    }

    [Fact]
    public void A_missing_chequerboard_is_missing_in_texture_alone()
    {
        float[] board = [.. Enumerable.Range(0, 33 * 20).Select(i => 0.5f + ((i % 33 + i / 33) % 2 == 0 ? 0.25f : -0.25f))];
        BandScore[] bands = BandFidelity.OfPlanes(board, [.. board.Select(_ => 0.5f)], 33, 20);
        Assert.Equal(0.0625, bands[^1].OriginalEnergy, 1e-12);
        Assert.Equal(1, bands[^1].RelativeError, 1e-12);
        Assert.Equal(Energy.OfRounding / 0.0625, bands[^1].EnergyRatio, 1e-12);
        Assert.All(bands[..^1], band => Assert.Equal((0, 1), (Math.Round(band.RelativeError, 12), band.EnergyRatio)));
    }

    [Theory]
    [InlineData(2.2, "texture")]
    [InlineData(5.7, "texture")]
    [InlineData(7.5, "edges")]
    [InlineData(11.5, "edges")]
    [InlineData(15, "small shapes")]
    [InlineData(23, "small shapes")]
    [InlineData(30, "large shapes")]
    [InlineData(45, "large shapes")]
    [InlineData(64, "structure")]
    public void A_wave_shows_in_the_band_that_names_its_length(double wavelength, string name)
    {
        float[] wave = [.. Enumerable.Range(0, 64 * 64).Select(i => (float)(0.5 + 0.4 * Math.Cos(2 * Math.PI * (i % 64) / wavelength)))];
        BandScore[] bands = BandFidelity.OfPlanes(wave, wave, 64, 64);
        BandScore strongest = bands.MaxBy(band => band.OriginalEnergy)!;
        Assert.Equal(name, strongest.Name);
        Assert.Equal(strongest, bands.First(band => wavelength > band.Wavelength));
    }

    [Fact]
    public void Flat_images_are_finite_and_the_same_flat_image_is_right()
    {
        PixelImage dark = SampleImages.Flat(16, 10), bright = SampleImages.Flat(16, 200);
        Assert.All(BandFidelity.Of(dark, dark), band => Assert.Equal((0, 1), (band.RelativeError, band.EnergyRatio)));
        Assert.All(BandFidelity.Of(dark, bright), band => Assert.True(double.IsFinite(band.RelativeError) && band.EnergyRatio == 1));
        Assert.All(BandFidelity.Of(dark, SampleImages.Noise(16, 1)), band => Assert.True(band.EnergyRatio > 1 && double.IsFinite(band.EnergyRatio)));
    }

    [Fact]
    public void The_mean_over_images_is_that_of_their_energies()
    {
        BandScore flat = new("texture", 2, 0, 0.25, 0.25), rich = new("texture", 2, 0.5, 0.25, 0.25);
        BandScore mean = Assert.Single(BandFidelity.Mean([[flat], [rich]]));
        Assert.Equal(new BandScore("texture", 2, 0.25, 0.25, 0.25), mean);
        Assert.Equal((1, 1), (mean.RelativeError, mean.EnergyRatio));
    }

    [Fact]
    public void Images_that_are_too_small_or_do_not_match_are_refused()
    {
        PixelImage small = SampleImages.Noise(6, 1), smallest = SampleImages.Noise(7, 1);
        var error = Assert.Throws<UnderpaintException>(() => BandFidelity.Of(small, small));
        Assert.Contains("7×7", error.Message, StringComparison.Ordinal);
        Assert.Throws<UnderpaintException>(() => BandFidelity.Of(small, smallest));
        Assert.Equal(2, BandFidelity.Of(smallest, smallest).Count);
    }
}
