using Underpaint.Data.Images;

namespace Underpaint.Evaluation.Metrics;

/// <summary>
/// Does a reconstruction have as much fine detail as its original, be it in the right place or not? Their power is compared
/// frequency by frequency: a blurred picture lacks power at high frequencies, a noisy one has too much.
/// </summary>
public static class PowerSpectrumRatio
{
    /// <summary>What the figures of a bin are, in one line.</summary>
    public const string Definition =
        "Power spectrum ratio: |Fourier transform|² of the reconstruction / that of the original, values in [0, 1], no window, each averaged "
        + "over channels and over frequencies that round to the same number of cycles per shorter side (0 for the mean colour alone), "
        + "corners included; less power than that of rounding to 8 bits counts as that";

    /// <summary>What <see cref="LogSpectralDistance"/> is, in one line.</summary>
    public const string DistanceDefinition =
        "Log-spectral distance: root mean square over the bins, without the mean colour, of 10 log₁₀(power spectrum ratio) in dB";

    /// <summary>Width and height of the smallest image, in pixels.</summary>
    public const int SmallestSide = 4;

    /// <summary>Compares one image with its reconstruction.</summary>
    /// <param name="original">The image, at least 4×4 pixels.</param>
    /// <param name="reconstruction">What became of it, of the same size and channels.</param>
    /// <returns>The bins, from frequency 0 up; every further one is one more cycle per shorter side.</returns>
    /// <exception cref="UnderpaintException">The sizes or channels differ, or the images are too small.</exception>
    public static IReadOnlyList<SpectrumBin> Of(PixelImage original, PixelImage reconstruction)
    {
        ImagePlanes.RequireSameSize(original, reconstruction);
        return OfPlanes(ImagePlanes.Of(original), ImagePlanes.Of(reconstruction), original.Width, original.Height);
    }

    /// <summary>The bins of many images: powers are averaged before they are divided.</summary>
    /// <param name="images">The bins of each image; at least one, all of the same size.</param>
    public static IReadOnlyList<SpectrumBin> Mean(IEnumerable<IReadOnlyList<SpectrumBin>> images)
    {
        IReadOnlyList<SpectrumBin>[] all = [.. images];
        return [.. all[0].Select((bin, i) => new SpectrumBin(bin.Frequency,
            all.Average(image => image[i].OriginalPower), all.Average(image => image[i].ReconstructionPower)))];
    }

    /// <summary>One figure for the whole spectrum, in dB: 0 if every ratio is 1. Too little and too much power count alike.</summary>
    /// <param name="bins">The bins of an image, or of many.</param>
    public static double LogSpectralDistance(IReadOnlyList<SpectrumBin> bins) =>
        Math.Sqrt(bins.Skip(1).Average(bin => bin.Decibels * bin.Decibels));

    /// <summary><see cref="Of"/> on planes (channels, height, width) of values in [0, 1].</summary>
    internal static SpectrumBin[] OfPlanes(ReadOnlySpan<float> original, ReadOnlySpan<float> reconstruction, int width, int height)
    {
        ImagePlanes.RequireSide("The power spectrum", SmallestSide, width, height, "Compare larger images, or use PSNR.");
        double[] powers = RadialPowerSpectrum.Of(original, width, height);
        double[] reconstructed = RadialPowerSpectrum.Of(reconstruction, width, height);
        double side = Math.Min(width, height);
        return [.. powers.Zip(reconstructed, (a, b) => (a, b)).Select((power, bin) => new SpectrumBin(bin / side, power.a, power.b))];
    }
}
