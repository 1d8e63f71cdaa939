using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Distances;

/// <summary>
/// The Fréchet distance of two sets of feature vectors, each taken for Gaussian (Heusel et al. 2017). With Inception's features it is FID.
/// 0 for identical sets; the estimate falls with the number of images, so compare equal numbers only.
/// </summary>
public static class FrechetDistance
{
    /// <summary>What the figure is, in one line.</summary>
    public const string Definition =
        "Fréchet distance: |m₁ − m₂|² + tr(C₁ + C₂ − 2 (C₁^½ C₂ C₁^½)^½), means m and covariances C (n − 1) of the feature vectors";

    private const double MachineEpsilon = 1.0 / (1L << 52);

    /// <summary>The distance.</summary>
    /// <param name="a">One set, of at least two vectors.</param>
    /// <param name="b">The other, of vectors of the same length.</param>
    /// <returns>0 or more; symmetric in the two sets.</returns>
    /// <exception cref="UnderpaintException">The vectors' lengths differ, or a set has fewer than two.</exception>
    public static double Of(FeatureStatistics a, FeatureStatistics b)
    {
        if (a.Length != b.Length)
            throw new UnderpaintException(
                $"Feature vectors of {a.Length} numbers cannot be compared with ones of {b.Length}.", "Compute both with the same network.");
        double[] covarianceA = a.Covariance(), covarianceB = b.Covariance();
        double distance = SquaredDistance(a.Mean, b.Mean) + Trace(covarianceA, a.Length) + Trace(covarianceB, b.Length)
            - 2 * TraceOfRoot(covarianceA, covarianceB, a.Length);
        return Math.Max(distance, 0);
    }

    private static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    private static double Trace(double[] matrix, int length) => Enumerable.Range(0, length).Sum(i => matrix[i * length + i]);

    /// <summary>
    /// tr (C₁^½ C₂ C₁^½)^½. The eigenvalues of that product are the squared singular values of F₁ᵀF₂ for any F₁F₁ᵀ = C₁ and F₂F₂ᵀ = C₂.
    /// Taking the singular values at once keeps the digits that squaring and a square root would lose where a covariance is singular.
    /// </summary>
    private static double TraceOfRoot(double[] a, double[] b, int length)
    {
        using Tensor factorA = Factor(a, length), factorB = Factor(b, length);
        using Tensor transposed = factorA.t();
        using Tensor product = transposed.mm(factorB);
        using Tensor singular = linalg.svdvals(product);
        return Sum(singular.Memory<double>());
    }

    /// <summary>A matrix F with F Fᵀ = C: C's eigenvectors times the roots of its eigenvalues.</summary>
    private static Tensor Factor(double[] covariance, int length)
    {
        using Tensor matrix = tensor(covariance, [length, length]);
        (Tensor values, Tensor vectors) = linalg.eigh(matrix);
        using (values)
        using (vectors)
        {
            using Tensor roots = tensor(Roots(values.Memory<double>()));
            return vectors.mul(roots);
        }
    }

    /// <summary>Square roots; eigenvalues that are 0 but for rounding count as 0, since their roots would not be small.</summary>
    private static double[] Roots(ReadOnlySpan<double> eigenvalues)
    {
        double[] values = eigenvalues.ToArray();
        double rounding = values.Length * MachineEpsilon * values.Max();
        return [.. values.Select(value => value > rounding ? Math.Sqrt(value) : 0)];
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }
}
