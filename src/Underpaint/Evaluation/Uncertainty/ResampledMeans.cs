namespace Underpaint.Evaluation.Uncertainty;

/// <summary>
/// The mean of one vector per image, and the means of many sets of images drawn from these, with repetition. Any figure that is a
/// function of means gets its interval from them.
/// </summary>
internal sealed class ResampledMeans
{
    private readonly double[] _mean;
    private readonly double[][] _resampled;

    /// <summary>Draws the sets. The same seed and number of images give the same sets.</summary>
    /// <param name="vectors">One per image, at least one, all of the same length and finite.</param>
    /// <param name="seed">Seed of the draws.</param>
    public ResampledMeans(IReadOnlyList<double[]> vectors, long seed = 0)
    {
        if (vectors.Count == 0)
            throw new ArgumentException("An interval needs at least one value.", nameof(vectors));
        if (!vectors.All(vector => vector.All(double.IsFinite)))
            throw new ArgumentException("An interval needs finite values.", nameof(vectors));
        double[][] all = [.. vectors];
        _mean = [.. Enumerable.Range(0, all[0].Length).Select(part => all.Average(vector => vector[part]))];
        _resampled = Draw(all, seed);
    }

    /// <summary>The mean vector of all images.</summary>
    public double[] Mean => _mean;

    /// <summary>A figure and its interval.</summary>
    /// <param name="figure">The figure that mean vectors stand for.</param>
    public BootstrapInterval IntervalOf(Func<double[], double> figure)
    {
        double[] figures = [.. _resampled.Select(figure).Order()];
        return new(figure(_mean), Quantile(figures, BootstrapInterval.Outside / 2), Quantile(figures, 1 - BootstrapInterval.Outside / 2));
    }

    private static double[][] Draw(double[][] vectors, long seed)
    {
        var random = new RandomSource(seed, "bootstrap");
        var means = new double[BootstrapInterval.Resamples][];
        for (int resample = 0; resample < means.Length; resample++)
        {
            double[] sums = means[resample] = new double[vectors[0].Length];
            for (int draw = 0; draw < vectors.Length; draw++)
            {
                double[] drawn = vectors[random.NextInt(vectors.Length)];
                for (int part = 0; part < sums.Length; part++)
                    sums[part] += drawn[part];
            }
            for (int part = 0; part < sums.Length; part++)
                sums[part] /= vectors.Length;
        }
        return means;
    }

    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 == sorted.Length ? sorted[below]
            : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }
}
