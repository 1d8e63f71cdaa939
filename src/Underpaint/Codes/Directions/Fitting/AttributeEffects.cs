using Underpaint.Codes.Attributes;
using Underpaint.Codes.Probes;

namespace Underpaint.Codes.Directions.Fitting;

/// <summary>
/// How codes change when one attribute does and the others stay: ridge regression of the codes on all attributes together. A probe's weights tell images apart, and for that
/// may lean on small numbers of the code that hardly show in the picture; effects are as large as what images really differ by.
/// </summary>
internal static class AttributeEffects
{
    // Attributes that follow from others, such as the last of several classes, have no effect of their own: this shares it out.
    private const double Penalty = 1e-3;

    /// <summary>Fits.</summary>
    /// <param name="training">The codes to fit on.</param>
    /// <param name="attributes">The attributes of all images.</param>
    /// <returns>Of each attribute, how the standardised code changes by one standard deviation of it; zeros where it never changes.</returns>
    public static double[][] Fit(StandardizedCodes training, IReadOnlyList<AttributeValues> attributes)
    {
        double[][] values = [.. attributes.Select(attribute => Standardize(training.Of(attribute.Values)))];
        double[] factor = Correlations(values);
        Cholesky.Factor(factor, values.Length);

        double[][] together = Array.ConvertAll(values, ofOne => Together(training, ofOne));
        double[][] effects = Array.ConvertAll(values, _ => new double[training.Size]);
        for (int number = 0; number < training.Size; number++)
        {
            double[] solution = Cholesky.Solve(factor, Array.ConvertAll(together, sums => sums[number]));
            for (int i = 0; i < solution.Length; i++)
                effects[i][number] = solution[i];
        }
        return effects;
    }

    // The lower triangle of how attributes go together, with the penalty.
    private static double[] Correlations(double[][] values)
    {
        var matrix = new double[values.Length * values.Length];
        for (int row = 0; row < values.Length; row++)
        {
            for (int column = 0; column <= row; column++)
                matrix[row * values.Length + column] = DoubleVectors.Dot(values[row], values[column]) / values[row].Length;
            matrix[row * values.Length + row] += Penalty;
        }
        return matrix;
    }

    // The covariance of every number of the code with an attribute.
    private static double[] Together(StandardizedCodes training, double[] values)
    {
        var sums = new double[training.Size];
        for (int i = 0; i < values.Length; i++)
            DoubleVectors.AddTo(sums, training.CodeAt(i), values[i] / values.Length);
        return sums;
    }

    private static double[] Standardize(double[] values)
    {
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return Array.ConvertAll(values, value => deviation > 0 ? (value - mean) / deviation : 0);
    }
}
