namespace Underpaint.Diffusion;

/// <summary>A fixed table of noise levels, from low to high noise: <c>ᾱ = ∏(1 − β)</c>, <c>α = √ᾱ</c>, <c>σ = √(1 − ᾱ)</c> (Ho et al. 2020).</summary>
public sealed class DiscreteLevels
{
    private readonly double[] _alphaBar;

    private DiscreteLevels(IEnumerable<double> betas)
    {
        double product = 1;
        _alphaBar = [.. betas.Select(beta => product *= 1 - beta)];
    }

    /// <summary>1000 levels with β linear from 1e-4 to 0.02.</summary>
    public static DiscreteLevels Linear { get; } = new(Enumerable.Range(0, 1000).Select(i => 1e-4 + i * ((0.02 - 1e-4) / 999)));

    /// <summary>1000 levels with β = 0.008 throughout, as Diff-AE has them for codes.</summary>
    public static DiscreteLevels Constant { get; } = new(Enumerable.Repeat(0.008, 1000));

    /// <summary>How many levels there are.</summary>
    public int Count => _alphaBar.Length;

    /// <summary>ᾱ of every level, falling.</summary>
    public IReadOnlyList<double> AlphaBar => _alphaBar;

    /// <summary>The level with this index; its <see cref="NoiseLevel.Time"/> is the index.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    public NoiseLevel this[int index] => new(Math.Sqrt(_alphaBar[index]), Math.Sqrt(1 - _alphaBar[index]), index);

    /// <summary>
    /// A subset of the levels, evenly spaced, from low to high noise. Where a stride exists that gives just this many
    /// (0, 100 … 900 for 10), it is Diff-AE's; otherwise, the nearest to even; a single level is the highest.
    /// </summary>
    /// <param name="steps">How many, 1 … <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one is asked for.</exception>
    /// <exception cref="UnderpaintException">More levels are asked for than there are.</exception>
    public IReadOnlyList<NoiseLevel> Spaced(int steps)
    {
        CheckCount(steps);
        if (steps == 1)
            return [this[Count - 1]];

        int stride = Enumerable.Range(1, Count).FirstOrDefault(s => (Count + s - 1) / s == steps);
        return [.. Enumerable.Range(0, steps).Select(k => this[stride > 0 ? k * stride : k * Count / steps])];
    }

    /// <summary>The levels at given times, from high to low noise; where two times share a level, the next one that is free.</summary>
    /// <param name="times">Falling, 0 … 1: each level's share of this range is the same. At least one, at most <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    /// <exception cref="UnderpaintException">More levels are asked for than there are.</exception>
    public IReadOnlyList<NoiseLevel> Falling(IReadOnlyList<double> times)
    {
        CheckCount(times.Count);
        var levels = new NoiseLevel[times.Count];
        int above = Count;
        for (int k = 0; k < levels.Length; k++)
        {
            // One level at least must be left for each of the times that follow.
            above = Math.Clamp((int)(times[k] * Count), levels.Length - 1 - k, above - 1);
            levels[k] = this[above];
        }
        return levels;
    }

    /// <summary>The time in the middle of the level whose log-SNR is nearest.</summary>
    internal double TimeOf(double logSnr) =>
        (Enumerable.Range(0, Count).MinBy(index => Math.Abs(this[index].LogSnr - logSnr)) + 0.5) / Count;

    /// <summary>Refuses a number of levels that there cannot be.</summary>
    /// <param name="steps">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    /// <exception cref="UnderpaintException">More than there are.</exception>
    internal void CheckCount(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (steps > Count)
            throw new UnderpaintException($"{steps} steps were asked for, but this model's schedule has {Count} noise levels.",
                $"Use 1 to {Count} steps.");
    }
}
