using Underpaint.Networks;

namespace Underpaint.Tests.Golden;

/// <summary>
/// Weights, images and noise given by formulas, so that figures made by the official code can be checked without any
/// weight file. Computed in double precision and rounded once.
/// </summary>
internal static class Formulas
{
    public delegate double Base(long i, long k);

    /// <summary>F1: smooth, of rank 2; good for plain wiring tests.</summary>
    public static double Sine(long i, long k) => Math.Sin(0.7548776662466927 * (i + 1) + 1.3247179572447460 * (k + 1));

    /// <summary>F2: hashed, exact in every language; good for sensitive tests.</summary>
    public static double Hash(long i, long k)
    {
        ulong z = (ulong)i * 0x9E3779B97F4A7C15 + (ulong)(k + 1) * 0xD1342543DE82EF95;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return 1.2247448713915890 * (2 * ((z >> 11) * (1.0 / (1UL << 53))) - 1);
    }

    /// <summary>Fills all weights: k is the position of a name in ordinal order, from <paramref name="firstK"/> on.</summary>
    /// <param name="weights">The weights; allocated.</param>
    /// <param name="formula">F1 or F2.</param>
    /// <param name="gain">Multiplies the weights of convolutions and linear layers.</param>
    /// <param name="firstK">Where the names of this set begin among all.</param>
    /// <param name="absolute">Whether signs are left out, as the heads of LPIPS have none.</param>
    public static void Fill(WeightSet weights, Base formula, double gain = 1, int firstK = 0, bool absolute = false)
    {
        var values = new float[weights.Count];
        int k = firstK;
        foreach (Weight weight in weights.All.OrderBy(weight => weight.Name, StringComparer.Ordinal))
        {
            for (int i = 0; i < weight.Length; i++)
            {
                double value = Value(weight, formula(i, k), gain);
                values[weight.Offset + i] = (float)(absolute ? Math.Abs(value) : value);
            }
            k++;
        }
        weights.Load(values);
    }

    public static float[] Image(int count, int size, int first = 0)
    {
        var image = new float[count * 3 * size * size];
        int i = 0;
        for (int b = first; b < first + count; b++)
            for (int c = 0; c < 3; c++)
                for (int y = 0; y < size; y++)
                    for (int x = 0; x < size; x++)
                        image[i++] = (float)(0.5 * Math.Sin(0.4 * x + 0.9 * c + 1.7 * b) + 0.3 * Math.Cos(0.55 * y - 0.6 * c + 0.8 * b)
                            + 0.2 * Math.Sin(0.03 * (x + 1) * (y + 1) + 1.1 * c - 0.5 * b));
        return image;
    }

    public static float[] Noise(int length, int q)
    {
        double[] f = [0.7548776662466927, 1.9021605823562947, 2.6180339887498949, 3.3598856662431775];
        double[] p = [0.3, 1.1, 2.3, 0.7];
        var noise = new float[length];
        for (int i = 0; i < length; i++)
        {
            double sum = 0;
            for (int j = 0; j < 4; j++)
                sum += Math.Sin(f[j] * (i + 1) + p[j] * (q + 1));
            noise[i] = (float)(0.7071067811865476 * sum);
        }
        return noise;
    }

    private static double Value(Weight weight, double u, double gain)
    {
        if (weight.Name.EndsWith("bias", StringComparison.Ordinal) || weight.Name.EndsWith("running_mean", StringComparison.Ordinal))
            return 0.02 * u;
        if (weight.Shape.Count == 1)
            return 1 + 0.1 * u;
        double fanIn = weight.Length / (double)weight.Shape[0];
        return gain * (fanIn <= 64 ? 0.05 : 1 / Math.Sqrt(fanIn)) * u;
    }
}
