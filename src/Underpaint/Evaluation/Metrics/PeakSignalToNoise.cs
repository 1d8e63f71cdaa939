using Underpaint.Data.Images;

namespace Underpaint.Evaluation.Metrics;

/// <summary>The peak signal-to-noise ratio (PSNR) of an image and its reconstruction, in decibels; higher is better.</summary>
public static class PeakSignalToNoise
{
    /// <summary>What the figure is, in one line.</summary>
    public const string Definition =
        "PSNR: 10 log₁₀(1 / MSE) in dB per image, values in [0, 1], then the mean; an image that is identical counts as 100 dB";

    /// <summary>What an image without any error counts as in <see cref="Mean"/>, in dB.</summary>
    public const double Cap = 100;

    /// <summary>The ratio of one image; values scaled to [0, 1].</summary>
    /// <param name="a">One image.</param>
    /// <param name="b">The other, of the same size and channels.</param>
    /// <returns>0 dB or more; +∞ for identical images; symmetric in the two images.</returns>
    /// <exception cref="UnderpaintException">The sizes or channels differ.</exception>
    public static double Of(PixelImage a, PixelImage b) => OfError(MeanSquaredError.Of(a, b));

    /// <summary>
    /// The mean over images, each counted as at most <see cref="Cap"/> dB, so that one identical image does not make it infinite.
    /// </summary>
    /// <param name="ratios">The ratios of single images, in dB; at least one.</param>
    public static double Mean(IEnumerable<double> ratios) => ratios.Average(ratio => Math.Min(ratio, Cap));

    /// <summary>The ratio of one image as it counts in <see cref="Mean"/>: at most <see cref="Cap"/>.</summary>
    internal static double Capped(PixelImage a, PixelImage b) => Math.Min(Of(a, b), Cap);

    /// <summary>The ratio that a mean squared error of values in [0, 1] stands for.</summary>
    internal static double OfError(double meanSquaredError) => 10 * Math.Log10(1 / meanSquaredError);
}
