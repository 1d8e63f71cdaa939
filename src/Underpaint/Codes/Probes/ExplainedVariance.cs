namespace Underpaint.Codes.Probes;

/// <summary>How much of what numbers differ by is predicted (R²).</summary>
internal static class ExplainedVariance
{
    /// <summary>One minus the squared error over the squared distance from the mean: 1 is all, 0 no more than the mean tells; null where the numbers are all the same.</summary>
    /// <param name="predicted">The predictions.</param>
    /// <param name="values">The numbers.</param>
    public static double? Of(double[] predicted, double[] values)
    {
        double mean = values.Average(), spread = values.Sum(value => (value - mean) * (value - mean));
        return spread > 0 ? 1 - values.Zip(predicted, (value, guess) => (value - guess) * (value - guess)).Sum() / spread : null;
    }
}
