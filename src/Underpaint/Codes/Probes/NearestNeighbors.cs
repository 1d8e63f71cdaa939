using System.Numerics;
using System.Runtime.InteropServices;

namespace Underpaint.Codes.Probes;

/// <summary>
/// How well near codes belong to images of one class: each code gets the class that most of its nearest neighbours have, by Euclidean distance
/// of codes standardised by the training codes' statistics.
/// </summary>
public static class NearestNeighbors
{
    /// <summary>Looks up some codes among others, and tells how many are classified rightly.</summary>
    /// <param name="trainCodes">(N, code), one after the other.</param>
    /// <param name="trainLabels">Their classes, 0, 1, 2 …; N of them, at least 1.</param>
    /// <param name="testCodes">(M, code), one after the other.</param>
    /// <param name="testLabels">Their classes, M of them, at least 1.</param>
    /// <param name="neighbors">How many neighbours have a say, at least 1; of classes with as many, the nearest one's. Default 10.</param>
    /// <returns>The share of right ones, 0 … 1.</returns>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    /// <exception cref="UnderpaintException">A code holds a number that is not finite.</exception>
    public static double Accuracy(float[] trainCodes, int[] trainLabels, float[] testCodes, int[] testLabels, int neighbors = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbors, 1);
        int size = ProbeData.Check(trainCodes, trainLabels, testCodes, testLabels), right = 0;
        CodeStatistics statistics = CodeStatistics.Of([trainCodes], size);
        float[] known = ToFloats(statistics.Standardize(trainCodes)), asked = ToFloats(statistics.Standardize(testCodes));
        Parallel.For(0, testLabels.Length, i =>
        {
            int[] nearest = Nearest(known, asked.AsSpan(i * size, size), Math.Min(neighbors, trainLabels.Length));
            if (Vote(nearest, trainLabels) == testLabels[i])
                Interlocked.Increment(ref right);
        });
        return (double)right / testLabels.Length;
    }

    // Nearest first; of equally near ones, the one that stands first.
    private static int[] Nearest(float[] known, ReadOnlySpan<float> code, int count)
    {
        var nearest = new int[count];
        var distances = new float[count];
        Array.Fill(distances, float.PositiveInfinity);
        for (int i = 0; i < known.Length / code.Length; i++)
        {
            float distance = Distance(known.AsSpan(i * code.Length, code.Length), code);
            if (!(distance < distances[^1]))
                continue;
            int place = count - 1;
            for (; place > 0 && distance < distances[place - 1]; place--)
                (distances[place], nearest[place]) = (distances[place - 1], nearest[place - 1]);
            (distances[place], nearest[place]) = (distance, i);
        }
        return nearest;
    }

    private static int Vote(int[] nearest, int[] labels) =>
        nearest.Select(i => labels[i]).CountBy(label => label).MaxBy(votes => votes.Value).Key;

    private static float Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> left = MemoryMarshal.Cast<float, Vector<float>>(a), right = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sums = Vector<float>.Zero;
        for (int i = 0; i < left.Length; i++)
            sums += (left[i] - right[i]) * (left[i] - right[i]);
        float sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<float>.Count; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    private static float[] ToFloats(double[] values) => Array.ConvertAll(values, value => (float)value);
}
