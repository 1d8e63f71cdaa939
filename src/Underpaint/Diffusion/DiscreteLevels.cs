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
    /// <exception cref="UnderpaintException">More levels are asked for than there are.</exception>
    public IReadOnlyList<NoiseLevel> Spaced(int steps)
    {
        if (steps > Count)
            throw new UnderpaintException($"{steps} steps were asked for, but this model's schedule has {Count} noise levels.",
                $"Use 1 to {Count} steps.");
        if (steps == 1)
            return [this[Count - 1]];

        int stride = Enumerable.Range(1, Count).FirstOrDefault(s => (Count + s - 1) / s == steps);
        return [.. Enumerable.Range(0, steps).Select(k => this[stride > 0 ? k * stride : k * Count / steps])];
    }
}
