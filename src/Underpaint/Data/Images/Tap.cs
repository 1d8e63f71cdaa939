namespace Underpaint.Data.Images;

/// <summary>One output value of a line's resizing: consecutive inputs from <paramref name="First"/> on, in fixed-point weights.</summary>
/// <param name="First">The first input.</param>
/// <param name="Weights">Each input's weight, in units of 2^-22; together 1, but for rounding.</param>
internal readonly record struct Tap(int First, int[] Weights)
{
    /// <summary>The fixed point's bits.</summary>
    public const int FractionBits = 22;

    /// <summary>One half, with which a sum begins so that it is rounded and not cut off.</summary>
    public const int Half = 1 << (FractionBits - 1);

    /// <summary>The index after the last input.</summary>
    public int End => First + Weights.Length;

    /// <summary>The value of a sum, 0 … 255.</summary>
    public static byte Rounded(int sum) => (byte)Math.Clamp(sum >> FractionBits, 0, 255);

    /// <summary>For each of <paramref name="count"/> outputs from <paramref name="start"/> on, its inputs.</summary>
    /// <param name="inputs">How many inputs the line has.</param>
    /// <param name="outputs">How many outputs the whole line has.</param>
    /// <param name="start">The first output.</param>
    /// <param name="count">How many are wanted.</param>
    /// <returns>The outputs in their order; neither their first nor their last inputs ever go back.</returns>
    public static Tap[] Line(int inputs, long outputs, long start, int count)
    {
        double scale = (double)inputs / outputs;
        double support = Math.Max(scale, 1);
        var taps = new Tap[count];
        for (int i = 0; i < count; i++)
        {
            double center = (start + i + 0.5) * scale;
            int first = Math.Max((int)(center - support + 0.5), 0);
            int end = Math.Min((int)(center + support + 0.5), inputs);
            var weights = new double[end - first];
            for (int k = 0; k < weights.Length; k++)
                weights[k] = Math.Max(1 - Math.Abs((k + first - center + 0.5) * (1 / support)), 0);
            double total = weights.Sum();
            taps[i] = new Tap(first, [.. weights.Select(weight => (int)(0.5 + weight / total * (1 << FractionBits)))]);
        }
        return taps;
    }

    /// <summary>The output.</summary>
    /// <param name="inputs">The line, from the first input on.</param>
    /// <param name="stride">How far inputs lie from each other.</param>
    public byte Sum(ReadOnlySpan<byte> inputs, int stride)
    {
        int sum = Half;
        for (int k = 0; k < Weights.Length; k++)
            sum += Weights[k] * inputs[k * stride];
        return Rounded(sum);
    }
}
