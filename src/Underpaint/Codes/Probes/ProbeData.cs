namespace Underpaint.Codes.Probes;

/// <summary>Checks and prepares what probes are given.</summary>
internal static class ProbeData
{
    /// <summary>Numbers in a code.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit, or there is nothing.</exception>
    public static int Check(float[] trainCodes, int[] trainLabels, float[] testCodes, int[] testLabels)
    {
        if (trainLabels.Length == 0 || testLabels.Length == 0 || trainCodes.Length == 0 || trainCodes.Length % trainLabels.Length != 0)
            throw new ArgumentException("There must be codes, and as many labels as codes.");
        int size = trainCodes.Length / trainLabels.Length;
        if (testCodes.Length != (long)size * testLabels.Length)
            throw new ArgumentException($"{testLabels.Length} codes of {size} numbers are {testCodes.Length} numbers.", nameof(testCodes));
        if (trainLabels.Min() < 0)
            throw new ArgumentException("Labels are 0, 1, 2 ….", nameof(trainLabels));
        return size;
    }
}
