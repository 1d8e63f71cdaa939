namespace Underpaint.Evaluation.Metrics;

/// <summary>The power of an image and its reconstruction around one spatial frequency.</summary>
/// <param name="Frequency">Cycles per pixel: 0 (the mean colour), 0.5 (every second pixel) … 0.71 (the same on the diagonal).</param>
/// <param name="OriginalPower">The original's power, on average over the bin's frequencies.</param>
/// <param name="ReconstructionPower">The reconstruction's.</param>
public sealed record SpectrumBin(double Frequency, double OriginalPower, double ReconstructionPower)
{
    /// <summary>The reconstruction's power over the original's: below 1 is blur, above 1 is noise or invented detail.</summary>
    public double Ratio => Energy.Ratio(ReconstructionPower, OriginalPower);

    /// <summary>The ratio in decibels.</summary>
    public double Decibels => 10 * Math.Log10(Ratio);
}
