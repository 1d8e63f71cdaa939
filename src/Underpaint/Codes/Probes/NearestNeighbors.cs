namespace Underpaint.Codes.Probes;

/// <summary>
/// How well near codes belong to images of one class: each code gets the class that most of its nearest neighbours have, by Euclidean distance
/// of codes standardised by the training codes' statistics.
/// </summary>
public static class NearestNeighbors
{
    /// <summary>How many neighbours have a say where nothing else is said.</summary>
    public const int DefaultNeighbors = 10;

    /// <summary>Looks up some codes among others, and tells how many are classified rightly.</summary>
    /// <param name="trainCodes">(N, code), one after the other.</param>
    /// <param name="trainLabels">Their classes, 0, 1, 2 …; N of them, at least 1.</param>
    /// <param name="testCodes">(M, code), one after the other.</param>
    /// <param name="testLabels">Their classes, M of them, at least 1.</param>
    /// <param name="neighbors">How many neighbours have a say, at least 1; of classes with as many, the nearest one's. Default 10.</param>
    /// <returns>The share of right ones, 0 … 1.</returns>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    /// <exception cref="UnderpaintException">A code holds a number that is not finite.</exception>
    public static double Accuracy(float[] trainCodes, int[] trainLabels, float[] testCodes, int[] testLabels, int neighbors = DefaultNeighbors) =>
        Classify(trainCodes, trainLabels, testCodes, testLabels, neighbors).Average(right => right ? 1.0 : 0);

    /// <summary>Looks up some codes among others, and tells which are classified rightly; arguments and errors as of <see cref="Accuracy"/>.</summary>
    /// <returns>M answers.</returns>
    internal static bool[] Classify(
        float[] trainCodes, int[] trainLabels, float[] testCodes, int[] testLabels, int neighbors = DefaultNeighbors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbors, 1);
        int size = ProbeData.Check(trainCodes, trainLabels, testCodes, testLabels);
        var known = new CodeNeighbors(trainCodes, size);
        var right = new bool[testLabels.Length];
        Parallel.For(0, right.Length, i => right[i] = Vote(known.Find(testCodes.AsSpan(i * size, size), neighbors), trainLabels) == testLabels[i]);
        return right;
    }

    private static int Vote(IReadOnlyList<CodeNeighbor> nearest, int[] labels) =>
        nearest.Select(neighbor => labels[neighbor.Place]).CountBy(label => label).MaxBy(votes => votes.Value).Key;
}
