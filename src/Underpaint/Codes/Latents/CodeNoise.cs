namespace Underpaint.Codes.Latents;

/// <summary>The noise that new codes are made of.</summary>
internal static class CodeNoise
{
    /// <summary>Standard normal numbers, code by code; those of code i depend on (seed, first + i) only, on any device.</summary>
    /// <param name="codeSize">Numbers in a code.</param>
    /// <param name="count">How many codes.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="first">The number of the first.</param>
    public static float[] Draw(int codeSize, int count, long seed, long first)
    {
        var noise = new float[count * codeSize];
        for (int i = 0; i < count; i++)
        {
            var random = new RandomSource(seed, "new code", first + i);
            foreach (ref float value in noise.AsSpan(i * codeSize, codeSize))
                value = (float)random.NextGaussian();
        }
        return noise;
    }
}
