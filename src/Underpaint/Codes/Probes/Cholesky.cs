namespace Underpaint.Codes.Probes;

/// <summary>Solves linear equations whose matrix is symmetric and positive.</summary>
internal static class Cholesky
{
    /// <summary>Overwrites the lower triangle of a matrix with its Cholesky factor.</summary>
    /// <param name="matrix">(size, size); of it only the lower triangle is looked at.</param>
    /// <param name="size">Rows and columns.</param>
    public static void Factor(double[] matrix, int size)
    {
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double rest = matrix[row * size + column]
                    - DoubleVectors.Dot(matrix.AsSpan(row * size, column), matrix.AsSpan(column * size, column));
                matrix[row * size + column] = row == column ? Math.Sqrt(rest) : rest / matrix[column * size + column];
            }
        }
    }

    /// <summary>Solves the equations.</summary>
    /// <param name="factor">What <see cref="Factor"/> made of the matrix.</param>
    /// <param name="right">The right side.</param>
    public static double[] Solve(double[] factor, double[] right)
    {
        int size = right.Length;
        double[] solution = [.. right];
        for (int row = 0; row < size; row++)
            solution[row] = (solution[row] - DoubleVectors.Dot(factor.AsSpan(row * size, row), solution.AsSpan(0, row))) / factor[row * size + row];
        for (int row = size - 1; row >= 0; row--)
        {
            solution[row] /= factor[row * size + row];
            DoubleVectors.AddTo(solution.AsSpan(0, row), factor.AsSpan(row * size, row), -solution[row]);
        }
        return solution;
    }
}
