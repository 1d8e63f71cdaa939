namespace Underpaint.Codes;

/// <summary>
/// Mean and standard deviation of every number of a set of codes. Standardised codes have mean 0 and deviation 1 in each; it is there that
/// directions are fitted and followed.
/// </summary>
/// <param name="Mean">The mean of each number.</param>
/// <param name="Deviation">The standard deviation of each (divisor n − 1, as in Diff-AE); 0 where it never changes.</param>
public sealed record CodeStatistics(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    /// <summary>Numbers in a code.</summary>
    public int CodeSize => Mean.Count;

    /// <summary>Whether codes can have them; read from a file, they may be anything.</summary>
    internal bool IsPossible => Deviation.Count == Mean.Count && Mean.All(double.IsFinite) && Deviation.All(deviation => double.IsFinite(deviation) && deviation >= 0);

    /// <summary>Whether others are the same to the bit.</summary>
    internal bool Matches(CodeStatistics other) => Mean.SequenceEqual(other.Mean) && Deviation.SequenceEqual(other.Deviation);

    /// <summary>Measures codes, in one pass (Welford 1962): the same codes in the same order give the same bits, however they are divided.</summary>
    /// <param name="codes">Pieces of any length, each of whole codes one after the other.</param>
    /// <param name="codeSize">Numbers in a code.</param>
    /// <exception cref="UnderpaintException">A number is not finite.</exception>
    public static CodeStatistics Of(IEnumerable<float[]> codes, int codeSize)
    {
        double[] mean = new double[codeSize], scatter = new double[codeSize];
        long count = 0;
        foreach (float[] piece in codes)
        {
            for (int start = 0; start < piece.Length; start += codeSize)
                Add(piece.AsSpan(start, codeSize), mean, scatter, ++count);
        }
        return new(mean, [.. scatter.Select(sum => count > 1 ? Math.Sqrt(sum / (count - 1)) : 0)]);
    }

    /// <summary>Standardises codes: (z − mean) / deviation; 0 where the deviation is 0.</summary>
    /// <param name="codes">Whole codes one after the other.</param>
    /// <returns>As many numbers.</returns>
    /// <exception cref="UnderpaintException">These are no whole codes.</exception>
    public double[] Standardize(ReadOnlySpan<float> codes)
    {
        CheckWhole(codes.Length);
        var standardized = new double[codes.Length];
        for (int i = 0; i < codes.Length; i++)
            standardized[i] = Standardize(codes[i], i % CodeSize);
        return standardized;
    }

    /// <summary>The same in single precision: a large set of codes takes a third of the memory, as no doubles stand beside it.</summary>
    internal float[] StandardizeToSingle(ReadOnlySpan<float> codes)
    {
        var standardized = new float[codes.Length];
        for (int i = 0; i < codes.Length; i++)
            standardized[i] = (float)Standardize(codes[i], i % CodeSize);
        return standardized;
    }

    /// <summary>The way back: z · deviation + mean.</summary>
    /// <param name="standardized">Whole standardised codes one after the other.</param>
    public float[] Restore(ReadOnlySpan<double> standardized)
    {
        var codes = new float[standardized.Length];
        for (int i = 0; i < codes.Length; i++)
            codes[i] = (float)(standardized[i] * Deviation[i % CodeSize] + Mean[i % CodeSize]);
        return codes;
    }

    /// <summary>
    /// Changes codes: z + change · deviation. Standardising and restoring would change bits where nothing is to change, and put the mean in the place of a
    /// number whose deviation is 0.
    /// </summary>
    /// <param name="codes">Whole codes one after the other.</param>
    /// <param name="change">By how much, in standard deviations; as many numbers.</param>
    /// <exception cref="UnderpaintException">These are no whole codes.</exception>
    internal float[] Change(ReadOnlySpan<float> codes, ReadOnlySpan<double> change)
    {
        CheckWhole(codes.Length);
        var changed = new float[codes.Length];
        for (int i = 0; i < changed.Length; i++)
            changed[i] = (float)(codes[i] + change[i] * Deviation[i % CodeSize]);
        return changed;
    }

    /// <summary>Refuses numbers that are no whole codes.</summary>
    /// <param name="numbers">How many there are.</param>
    /// <exception cref="UnderpaintException">They are not.</exception>
    internal void CheckWhole(int numbers)
    {
        if (numbers % CodeSize != 0)
            throw new UnderpaintException($"{numbers} numbers are no whole codes of {CodeSize} numbers each.", "Use codes of the same model.");
    }

    private double Standardize(float value, int dimension) => Deviation[dimension] > 0 ? (value - Mean[dimension]) / Deviation[dimension] : 0;

    private static void Add(ReadOnlySpan<float> code, double[] mean, double[] scatter, long count)
    {
        for (int i = 0; i < code.Length; i++)
        {
            if (!float.IsFinite(code[i]))
                throw new UnderpaintException($"Code {count - 1} holds a number that is not finite.",
                    "Check the model with `underpaint inspect`: its training may have failed.");
            double difference = code[i] - mean[i];
            mean[i] += difference / count;
            scatter[i] += difference * (code[i] - mean[i]);
        }
    }
}
