namespace Underpaint.Codes.Probes;

/// <summary>
/// Logistic regression: the mean cross-entropy plus half the penalty times the squared length of the weights (not of the bias) is as small as it can be.
/// </summary>
internal static class LogisticRegression
{
    private const double Tolerance = 1e-7;

    /// <summary>Fits.</summary>
    /// <param name="inputs">(N, size), best standardised.</param>
    /// <param name="labels">N of them: whether each has the attribute.</param>
    /// <param name="penalty">Of the squared weights, more than 0.</param>
    public static LinearScore Fit(double[] inputs, bool[] labels, double penalty)
    {
        int size = inputs.Length / labels.Length;
        double[] found = LimitedMemoryBfgs.Minimize(
            (at, gradient) => Loss(inputs, labels, penalty, at, gradient), new double[size + 1], Tolerance);
        return new(found[..size], found[size]);
    }

    /// <summary>What is minimised over the weights and, last, the bias; and its gradient.</summary>
    public static double Loss(double[] inputs, bool[] labels, double penalty, double[] at, double[] gradient)
    {
        int size = at.Length - 1;
        ReadOnlySpan<double> weights = at.AsSpan(0, size);
        double loss = penalty / 2 * DoubleVectors.Dot(weights, weights);
        Array.Clear(gradient);
        DoubleVectors.AddTo(gradient.AsSpan(0, size), weights, penalty);
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<double> input = inputs.AsSpan(i * size, size);
            double score = DoubleVectors.Dot(weights, input) + at[size], against = labels[i] ? -score : score;
            // ln(1 + e^x) and its derivative, without overflow.
            loss += (Math.Max(against, 0) + Math.Log(1 + Math.Exp(-Math.Abs(against)))) / labels.Length;
            double error = (labels[i] ? -1 : 1) / (1 + Math.Exp(-against)) / labels.Length;
            DoubleVectors.AddTo(gradient.AsSpan(0, size), input, error);
            gradient[size] += error;
        }
        return loss;
    }
}
