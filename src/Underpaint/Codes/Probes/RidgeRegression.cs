namespace Underpaint.Codes.Probes;

/// <summary>
/// Ridge regression: the mean squared error plus the penalty times the squared length of the weights (not of the bias) is as small as it can be. Solved
/// exactly, by Cholesky's method.
/// </summary>
internal static class RidgeRegression
{
    /// <summary>Fits.</summary>
    /// <param name="inputs">(N, size), best standardised.</param>
    /// <param name="targets">N numbers.</param>
    /// <param name="penalty">Of the squared weights, more than 0.</param>
    public static LinearScore Fit(double[] inputs, double[] targets, double penalty)
    {
        int size = inputs.Length / targets.Length;
        double[] mean = new double[size], matrix = new double[size * size], right = new double[size];
        double meanTarget = targets.Average();
        for (int i = 0; i < targets.Length; i++)
            DoubleVectors.AddTo(mean, inputs.AsSpan(i * size, size), 1.0 / targets.Length);
        var centred = new double[size];
        for (int i = 0; i < targets.Length; i++)
        {
            inputs.AsSpan(i * size, size).CopyTo(centred);
            DoubleVectors.AddTo(centred, mean, -1);
            DoubleVectors.AddTo(right, centred, (targets[i] - meanTarget) / targets.Length);
            for (int row = 0; row < size; row++)
                DoubleVectors.AddTo(matrix.AsSpan(row * size, row + 1), centred.AsSpan(0, row + 1), centred[row] / targets.Length);
        }
        for (int row = 0; row < size; row++)
            matrix[row * size + row] += penalty;
        Cholesky.Factor(matrix, size);
        double[] weights = Cholesky.Solve(matrix, right);
        return new(weights, meanTarget - DoubleVectors.Dot(weights, mean));
    }
}
