namespace Underpaint.Evaluation.Metrics;

/// <summary>Ratios of mean squares of values in [0, 1], which no flat image makes infinite or undefined.</summary>
internal static class Energy
{
    /// <summary>Mean square of what rounding to 8 bits changes. An 8-bit image says nothing about energies below it.</summary>
    public const double OfRounding = 1 / (12.0 * 255 * 255);

    /// <summary>An error over the energy of what is right, which counts as at least that of rounding: 0 without error.</summary>
    public static double RelativeError(double error, double energy) => error / Math.Max(energy, OfRounding);

    /// <summary>One energy over another, both counted as at least that of rounding: 1 where there is nothing in either.</summary>
    public static double Ratio(double energy, double reference) => Math.Max(energy, OfRounding) / Math.Max(reference, OfRounding);
}
