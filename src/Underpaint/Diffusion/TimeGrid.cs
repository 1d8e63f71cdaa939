namespace Underpaint.Diffusion;

/// <summary>
/// Where decoding spends its network calls: the times of the noise levels between the highest, which always comes first, and
/// the clean image, which always comes last.
/// </summary>
public sealed record TimeGrid
{
    // Below σ = 0.011 α the noise is lost in the rounding to 8 bits.
    private const double LowestNoise = 9;

    // Pure noise stands for σ = 7.4 α: above that, the code tells far more of the image than its trace in the noise does, and the
    // step from pure noise is right however long. From any other level, a long first step is as wrong as any.
    private const double PureNoise = -4;

    private TimeGrid(double? exponent) => Exponent = exponent;

    /// <summary>Equal steps in t; for linear-β, Diff-AE's own spacing.</summary>
    public static TimeGrid Uniform { get; } = Power(1);

    /// <summary>t falls as a square, so that the steps get shorter towards the clean image.</summary>
    public static TimeGrid Quadratic { get; } = Power(2);

    /// <summary>
    /// Equal steps in the log-SNR λ = ln(α²/σ²), from the highest noise, or −4 in the place of pure noise, to 9 in the place of
    /// the clean image.
    /// </summary>
    public static TimeGrid LogSnr { get; } = new(exponent: null);

    /// <summary>ρ of a power grid; null for <see cref="LogSnr"/>.</summary>
    public double? Exponent { get; }

    /// <summary>With u the share of the steps that are still to go, t falls as u^ρ.</summary>
    /// <param name="exponent">ρ, above 0: 1 is <see cref="Uniform"/>, more spends more of the steps at low noise.</param>
    public static TimeGrid Power(double exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exponent);
        return new(exponent);
    }

    /// <summary>The times of <paramref name="steps"/> network calls on a schedule, falling from <paramref name="highest"/>.</summary>
    internal double[] Times(NoiseSchedule schedule, int steps, double highest)
    {
        double first = schedule.At(highest) is { Alpha: > 0 } level ? level.LogSnr : PureNoise;
        return [.. Enumerable.Range(0, steps).Select(k => TimeOf((double)(steps - k) / steps))];

        double TimeOf(double toGo) => this switch
        {
            { Exponent: { } power } => highest * Math.Pow(toGo, power),
            _ when toGo == 1 => highest,
            _ => schedule.TimeOf(LowestNoise + toGo * (first - LowestNoise)),
        };
    }
}
