namespace Underpaint.Onnx;

/// <summary>
/// Standard normal numbers as <c>randn</c> of libtorch draws them on the CPU, so that a seed gives the same picture with and without libtorch. Its two ways
/// are both Box and Muller's: sixteen numbers at a time in single precision, or, for tensors of fewer, one at a time in double precision.
/// </summary>
internal static class TorchNormal
{
    private const int Block = 16, Half = Block / 2;
    private const float SingleUnit = 1f / (1 << 24);
    private const double DoubleUnit = 1.0 / (1L << 53);

    /// <summary>A tensor of standard normal numbers.</summary>
    /// <param name="seed">The generator's seed.</param>
    /// <param name="count">Numbers in the tensor.</param>
    public static float[] Draw(ulong seed, int count)
    {
        var random = new MersenneTwister(seed);
        var numbers = new float[count];
        if (count < Block)
            FillOneByOne(random, numbers);
        else
            FillInBlocks(random, numbers);
        return numbers;
    }

    private static void FillInBlocks(MersenneTwister random, Span<float> numbers)
    {
        FillUniform(random, numbers);
        for (int start = 0; start <= numbers.Length - Block; start += Block)
            ToNormal(numbers.Slice(start, Block));
        if (numbers.Length % Block == 0)
            return;
        // What is left over is drawn anew, together with some that are there already.
        Span<float> last = numbers[^Block..];
        FillUniform(random, last);
        ToNormal(last);
    }

    private static void FillUniform(MersenneTwister random, Span<float> numbers)
    {
        foreach (ref float number in numbers)
            number = (random.NextBits() & 0xFFFFFF) * SingleUnit;
    }

    private static void ToNormal(Span<float> block)
    {
        for (int i = 0; i < Half; i++)
        {
            float radius = MathF.Sqrt(-2 * MathF.Log(1 - block[i])), angle = 2 * MathF.PI * block[i + Half];
            (block[i], block[i + Half]) = (radius * MathF.Cos(angle), radius * MathF.Sin(angle));
        }
    }

    private static void FillOneByOne(MersenneTwister random, Span<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i += 2)
        {
            double angle = 2 * Math.PI * NextDouble(random), radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble(random)));
            numbers[i] = (float)(radius * Math.Cos(angle));
            if (i + 1 < numbers.Length)
                numbers[i + 1] = (float)(radius * Math.Sin(angle));
        }
    }

    private static double NextDouble(MersenneTwister random)
    {
        ulong high = random.NextBits(), low = random.NextBits();
        return ((high << 32 | low) & ((1UL << 53) - 1)) * DoubleUnit;
    }
}
