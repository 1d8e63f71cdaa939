namespace Underpaint.Experiments;

/// <summary>One metric over the seeds of an arm.</summary>
/// <param name="Mean">The mean of the seeds' figures.</param>
/// <param name="Deviation">Their standard deviation; null for a single seed.</param>
/// <param name="Low">Lower end of the 95 % interval: over seeds by Student's t where there are several, else over the images of the one.</param>
/// <param name="High">Upper end.</param>
/// <param name="Version">The metric's version.</param>
public sealed record SeedMean(double Mean, double? Deviation, double? Low, double? High, int Version)
{
    /// <summary>What the figures are, in one line.</summary>
    public const string Definition = "Several seeds: their mean ± their standard deviation [95 % interval of the mean by Student's t]; it tells how far another "
        + "seed may come out. One seed: its figure [95 % interval over its images]; it tells nothing of other seeds";

    // 97.5 % quantiles of Student's t, for 1, 2, … degrees of freedom.
    private static readonly double[] Quantiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];
    private const double Normal = 1.960;

    /// <summary>The mean of some seeds' figures.</summary>
    /// <param name="figures">At least one, all of one version.</param>
    public static SeedMean Of(IReadOnlyList<RowFigure> figures)
    {
        if (figures is [var only])
            return new(only.Value, null, only.Low, only.High, only.Version);
        double mean = figures.Average(figure => figure.Value);
        double deviation = Math.Sqrt(figures.Sum(figure => Math.Pow(figure.Value - mean, 2)) / (figures.Count - 1));
        double half = Quantile(figures.Count - 1) * deviation / Math.Sqrt(figures.Count);
        return new(mean, deviation, mean - half, mean + half, figures[0].Version);
    }

    // Beyond the table: the first terms of its expansion around the normal distribution (Abramowitz and Stegun, 26.7.5).
    private static double Quantile(int freedom) => freedom <= Quantiles.Length
        ? Quantiles[freedom - 1]
        : Normal + (Math.Pow(Normal, 3) + Normal) / (4 * freedom)
            + (5 * Math.Pow(Normal, 5) + 16 * Math.Pow(Normal, 3) + 3 * Normal) / (96.0 * freedom * freedom);
}
