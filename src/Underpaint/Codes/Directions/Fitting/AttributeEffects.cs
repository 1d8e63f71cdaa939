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
    /// <param name="codes">(N, code), standardised.</param>
    /// <param name="attributes">Of each attribute N values; standardised where they stand.</param>
    /// <returns>Of each attribute, how the standardised code changes by one standard deviation of it; zeros where it never changes.</returns>
    public static double[][] Fit(double[] codes, double[][] attributes)
    {
        int count = attributes[0].Length, size = codes.Length / count;
        Array.ForEach(attributes, Standardize);
        var matrix = new double[attributes.Length * attributes.Length];
        for (int row = 0; row < attributes.Length; row++)
        {
            for (int column = 0; column <= row; column++)
                matrix[row * attributes.Length + column] = DoubleVectors.Dot(attributes[row], attributes[column]) / count;
            matrix[row * attributes.Length + row] += Penalty;
        }
        Cholesky.Factor(matrix, attributes.Length);

        double[][] together = Array.ConvertAll(attributes, values => Together(codes, values, size));
        double[][] effects = Array.ConvertAll(attributes, _ => new double[size]);
        for (int number = 0; number < size; number++)
        {
            double[] solution = Cholesky.Solve(matrix, Array.ConvertAll(together, sums => sums[number]));
            for (int i = 0; i < solution.Length; i++)
                effects[i][number] = solution[i];
        }
        return effects;
    }

    // The covariance of every number of the code with an attribute.
    private static double[] Together(double[] codes, double[] values, int size)
    {
        var sums = new double[size];
        for (int i = 0; i < values.Length; i++)
            DoubleVectors.AddTo(sums, codes.AsSpan(i * size, size), values[i] / values.Length);
        return sums;
    }

    private static void Standardize(double[] values)
    {
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        foreach (ref double value in values.AsSpan())
            value = deviation > 0 ? (value - mean) / deviation : 0;
    }
}
