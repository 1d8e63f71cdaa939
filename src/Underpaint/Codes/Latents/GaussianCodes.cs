using TorchSharp;
using Underpaint.Evaluation.Distances;
using Underpaint.Machine;
using static TorchSharp.torch;

namespace Underpaint.Codes.Latents;

/// <summary>
/// A Gaussian with the mean and covariance of some codes: the simplest way to make new ones, and what a latent DPM has to be better than.
/// </summary>
public sealed class GaussianCodes : ICodeSampler
{
    private const int MaxCodeSize = 1 << 12;

    // All at once they would stand in memory twice more, as doubles.
    private const int CodesAtATime = 1 << 12;

    private readonly double[] _mean;
    private readonly double[] _root;

    private GaussianCodes(string model, double[] mean, double[] root) => (Model, _mean, _root) = (model, mean, root);

    /// <inheritdoc/>
    public string Model { get; }

    /// <inheritdoc/>
    public int CodeSize => _mean.Length;

    /// <summary>Fits it.</summary>
    /// <param name="codes">The codes, at least 2.</param>
    /// <exception cref="UnderpaintException">There are too few codes, or they have more than 4096 numbers each.</exception>
    public static GaussianCodes Fit(CodeTable codes)
    {
        TorchLibrary.Load();
        if (codes.CodeSize > MaxCodeSize)
            throw new UnderpaintException($"The covariance of codes of {codes.CodeSize} numbers is too large; at most {MaxCodeSize} are possible.",
                "Use a latent DPM instead.");
        var statistics = new FeatureStatistics(codes.CodeSize);
        int piece = CodesAtATime * codes.CodeSize, end = codes.Rows.Codes.Length;
        for (long first = 0; first < end; first += piece)
            statistics.Add(codes.Rows.Codes.AsSpan((int)first, (int)Math.Min(piece, end - first)));
        return new(codes.Origin.Model, statistics.Mean.ToArray(), RootOf(statistics.Covariance(), codes.CodeSize));
    }

    /// <inheritdoc/>
    public float[] Draw(int count, long seed = 0, long first = 0)
    {
        float[] noise = CodeNoise.Draw(CodeSize, count, seed, first), codes = new float[noise.Length];
        for (int code = 0; code < codes.Length; code += CodeSize)
        {
            for (int row = 0; row < CodeSize; row++)
            {
                double sum = _mean[row];
                for (int column = 0; column < CodeSize; column++)
                    sum += _root[row * CodeSize + column] * noise[code + column];
                codes[code + row] = (float)sum;
            }
        }
        return codes;
    }

    // The symmetric root, by eigenvalues: fewer codes than numbers leave some of these zero, or, rounded, a little below.
    private static double[] RootOf(double[] covariance, int size)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        using Scalar zero = 0;
        var (values, vectors) = linalg.eigh(tensor(covariance).view(size, size));
        return (vectors * values.clamp_min(zero).sqrt()).matmul(vectors.transpose(0, 1)).contiguous().data<double>().ToArray();
    }
}
