namespace Underpaint;

/// <summary>
/// Random numbers as a pure function of (seed, purpose, position). There is no hidden generator anywhere: whoever knows
/// these three knows the numbers, which is what makes resuming a run exact.
/// </summary>
/// <remarks>The generator is SplitMix64 (Steele, Lea, Flood 2014), started from a hash of the three.</remarks>
public sealed class RandomSource
{
    private ulong _state;

    /// <summary>Starts the numbers for one use.</summary>
    /// <param name="seed">The recipe's seed.</param>
    /// <param name="purpose">What the numbers are for, such as "shuffle"; different purposes are independent.</param>
    /// <param name="position">Where in the run: images seen, an epoch, an image's index.</param>
    public RandomSource(long seed, string purpose, long position = 0) => _state = SeedOf(seed, purpose, position);

    /// <summary>The 64 bits that (seed, purpose, position) stand for; also good as a seed for another generator.</summary>
    /// <param name="seed">The recipe's seed.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="position">Where in the run.</param>
    public static ulong SeedOf(long seed, string purpose, long position)
    {
        ulong hash = Mix((ulong)seed + 0x9E3779B97F4A7C15);
        foreach (char c in purpose)
            hash = Mix(hash ^ c);
        return Mix(hash ^ (ulong)position);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>Uniform in [0, 1), with 53 random bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Uniform in 0 … <paramref name="count"/> − 1.</summary>
    /// <param name="count">How many values there are; at least 1.</param>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)Math.BigMul(NextBits(), (ulong)count, out _);
    }

    /// <summary>Standard normal (Box–Muller; one of the pair is thrown away to keep the state one number).</summary>
    public double NextGaussian() =>
        Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>A uniformly random order of 0 … <paramref name="count"/> − 1 (Fisher–Yates).</summary>
    /// <param name="count">How many items there are.</param>
    public int[] NextOrder(int count)
    {
        var order = new int[count];
        for (int i = 0; i < count; i++)
        {
            int j = NextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /// <summary>A bijection of 64 bits that leaves no trace of their order.</summary>
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
