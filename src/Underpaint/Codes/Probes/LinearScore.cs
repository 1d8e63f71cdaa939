namespace Underpaint.Codes.Probes;

/// <summary>A number that grows along a direction: weights · input + bias.</summary>
/// <param name="Weights">The weights.</param>
/// <param name="Bias">The bias.</param>
internal sealed record LinearScore(double[] Weights, double Bias)
{
    /// <summary>The number of each input.</summary>
    /// <param name="inputs">(N, size).</param>
    public double[] Of(double[] inputs)
    {
        int size = Weights.Length;
        var scores = new double[inputs.Length / size];
        for (int i = 0; i < scores.Length; i++)
            scores[i] = DoubleVectors.Dot(Weights, inputs.AsSpan(i * size, size)) + Bias;
        return scores;
    }
}
