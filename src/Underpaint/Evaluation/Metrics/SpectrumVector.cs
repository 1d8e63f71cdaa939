using Underpaint.Data.Images;

namespace Underpaint.Evaluation.Metrics;

/// <summary>A power spectrum as a vector: for each frequency, from 0 up, the powers of original and reconstruction.</summary>
internal static class SpectrumVector
{
    /// <summary>One figure for the whole spectrum.</summary>
    public static Metric Distance { get; } = new()
    {
        Key = "logSpectralDistance",
        Name = "log-spectral distance",
        Unit = "dB",
        Digits = 2,
        Better = Better.Lower,
        Definition = $"{PowerSpectrumRatio.DistanceDefinition}. {PowerSpectrumRatio.Definition}",
        FromMeans = means => PowerSpectrumRatio.LogSpectralDistance(BinsOf(means, side: 1)),
    };

    /// <summary>The vector of a pair.</summary>
    public static double[] Of(PixelImage original, PixelImage picture) =>
        [.. PowerSpectrumRatio.Of(original, picture).SelectMany(bin => new[] { bin.OriginalPower, bin.ReconstructionPower })];

    /// <summary>The spectrum that a vector, or the mean of many, stands for.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="side">The images' shorter side in pixels, which the frequencies are relative to.</param>
    public static SpectrumBin[] BinsOf(double[] vector, double side) =>
        [.. Enumerable.Range(0, vector.Length / 2).Select(bin => new SpectrumBin(bin / side, vector[2 * bin], vector[2 * bin + 1]))];
}
