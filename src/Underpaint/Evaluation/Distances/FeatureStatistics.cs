using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Distances;

/// <summary>
/// Mean and covariance of feature vectors, gathered batch by batch in double precision (Chan, Golub and LeVeque 1979), so that a whole
/// set of images need not be kept.
/// </summary>
public sealed class FeatureStatistics
{
    private readonly double[] _mean, _scatter;

    /// <summary>Starts with no vector.</summary>
    /// <param name="length">Numbers per vector, at least 1.</param>
    public FeatureStatistics(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        (_mean, _scatter) = (new double[length], new double[length * length]);
    }

    /// <summary>Numbers per vector.</summary>
    public int Length => _mean.Length;

    /// <summary>How many vectors were added.</summary>
    public long Count { get; private set; }

    /// <summary>The mean vector.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>Adds vectors; larger batches are faster, and order and division into batches change nothing but rounding.</summary>
    /// <param name="features">Any number of vectors, one after the other.</param>
    /// <exception cref="ArgumentException">The numbers are not whole vectors.</exception>
    /// <exception cref="UnderpaintException">A number is not finite; nothing is added.</exception>
    public void Add(ReadOnlySpan<float> features)
    {
        if (features.Length % Length != 0)
            throw new ArgumentException($"{features.Length} numbers are no whole vectors of {Length}.", nameof(features));
        foreach (float feature in features)
        {
            if (!float.IsFinite(feature))
                throw new UnderpaintException(
                    "A feature vector holds a number that is not finite.", "Check the images and the network that the features come from.");
        }
        if (features.Length > 0)
            Merge(features);
    }

    /// <summary>The covariance with divisor n − 1, row by row.</summary>
    /// <exception cref="UnderpaintException">There are fewer than two vectors.</exception>
    public double[] Covariance()
    {
        if (Count < 2)
            throw new UnderpaintException(
                $"The covariance of feature vectors needs at least 2 images; there {(Count == 1 ? "is 1" : "are none")}.", "Use more images.");
        return [.. _scatter.Select(sum => sum / (Count - 1))];
    }

    private void Merge(ReadOnlySpan<float> features)
    {
        int count = features.Length / Length;
        var mean = new double[Length];
        for (int i = 0; i < features.Length; i++)
            mean[i % Length] += features[i] / (double)count;
        var centred = new double[features.Length];
        for (int i = 0; i < features.Length; i++)
            centred[i] = features[i] - mean[i % Length];

        using Tensor rows = tensor(centred, [count, Length]);
        using Tensor columns = rows.t();
        using Tensor scatter = columns.mm(rows);
        ReadOnlySpan<double> sums = scatter.Memory<double>();
        double between = (double)Count * count / (Count + count);
        for (int i = 0; i < Length; i++)
        {
            for (int j = 0; j < Length; j++)
                _scatter[i * Length + j] += sums[i * Length + j] + between * (mean[i] - _mean[i]) * (mean[j] - _mean[j]);
        }
        for (int i = 0; i < Length; i++)
            _mean[i] += (mean[i] - _mean[i]) * count / (Count + count);
        Count += count;
    }
}
