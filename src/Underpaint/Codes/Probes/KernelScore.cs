namespace Underpaint.Codes.Probes;

/// <summary>
/// Numbers that change smoothly with an input: weighted sums over examples, of which each counts the less the farther it is from the input (a Gaussian
/// kernel). Far from all examples they are 0.
/// </summary>
/// <param name="Examples">(N, size).</param>
/// <param name="Weights">(N, outputs).</param>
/// <param name="Size">Numbers in an input.</param>
/// <param name="Scale">The squared distance at which an example counts 1/e of what it does at its own place.</param>
internal sealed record KernelScore(float[] Examples, float[] Weights, int Size, double Scale)
{
    /// <summary>How many examples there are.</summary>
    public int Count => Examples.Length / Size;

    /// <summary>Numbers that come out.</summary>
    public int Outputs => Weights.Length / Count;

    /// <summary>The numbers at an input.</summary>
    /// <param name="input"><see cref="Size"/> numbers.</param>
    public double[] Of(ReadOnlySpan<double> input)
    {
        var sums = new double[Outputs];
        for (int example = 0; example < Count; example++)
        {
            double nearness = Math.Exp(-SquaredDistance(Examples.AsSpan(example * Size, Size), input) / Scale);
            ReadOnlySpan<float> weights = Weights.AsSpan(example * sums.Length, sums.Length);
            for (int i = 0; i < sums.Length; i++)
                sums[i] += nearness * weights[i];
        }
        return sums;
    }

    private static double SquaredDistance(ReadOnlySpan<float> example, ReadOnlySpan<double> input)
    {
        double sum = 0;
        for (int i = 0; i < input.Length; i++)
        {
            double difference = example[i] - input[i];
            sum += difference * difference;
        }
        return sum;
    }
}
