namespace Underpaint.Evaluation.Uncertainty;

/// <summary>
/// A mean and how far it can be trusted: the interval that holds the mean of 95 % of the sets of images drawn from these, with repetition
/// (percentile bootstrap, Efron 1979).
/// </summary>
/// <param name="Mean">The mean itself.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public sealed record BootstrapInterval(double Mean, double Low, double High)
{
    /// <summary>What the interval is, in one line.</summary>
    public const string Definition =
        "Interval: 95 % percentile bootstrap of the mean, 2000 resamples of the images; for two runs, of the differences image by image";

    /// <summary>How often the values are drawn anew.</summary>
    public const int Resamples = 2000;

    /// <summary>The share of the resamples that lies outside of the interval, on both sides together.</summary>
    internal const double Outside = 0.05;

    /// <summary>The interval of a mean over images.</summary>
    /// <param name="values">One value per image, at least one. From a handful of images the interval is too narrow; from one it is a point.</param>
    /// <param name="seed">Seed of the draws. The same seed and values give the same interval. Default 0.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static BootstrapInterval OfMean(IReadOnlyList<double> values, long seed = 0) =>
        new ResampledMeans([.. values.Select(value => new[] { value })], seed).IntervalOf(means => means[0]);

    /// <summary>
    /// The interval of the mean difference between two runs on the same images. It is narrower than the runs' own intervals, as it does
    /// not matter how hard each image is; a difference is more than luck of the images where 0 lies outside.
    /// </summary>
    /// <param name="values">One run's value for each image.</param>
    /// <param name="others">The other run's, for the same images in the same order; they are subtracted.</param>
    /// <param name="seed">Seed of the draws. Default 0.</param>
    /// <exception cref="ArgumentException">There is no value, one is not finite, or the counts differ.</exception>
    public static BootstrapInterval OfDifference(IReadOnlyList<double> values, IReadOnlyList<double> others, long seed = 0)
    {
        if (values.Count != others.Count)
            throw new ArgumentException($"{values.Count} values cannot be paired with {others.Count}.", nameof(others));
        return OfMean([.. values.Zip(others, (value, other) => value - other)], seed);
    }

    /// <summary>Whether a value lies within the interval, its ends included.</summary>
    /// <param name="value">Such as 0, for a difference.</param>
    public bool Contains(double value) => Low <= value && value <= High;
}
