namespace Underpaint.Diffusion;

/// <summary>
/// Which noise levels there are: the noisy image is <c>x_t = α(t)·x₀ + σ(t)·ε</c> with <c>α² + σ² = 1</c>, from
/// <c>t = 0</c> (clean) to <c>t = 1</c> (the highest noise). Values are in double precision.
/// </summary>
/// <remarks>
/// Symbols as in arXiv 2504.21368: <c>λ(t) = ln(α²/σ²)</c> is the log-SNR, α = √sigmoid(λ), σ = √sigmoid(−λ).
/// linear-β: the 1000 discrete levels of Ho et al. 2020, as Diff-AE uses them. Cosine: λ(t) = −2 ln tan(πt/2). Shifted cosine SC-S
/// adds 2 ln S to λ, so that more of the time is spent at low noise; the paper's choice is S = 4. Highest noise: α = 0 always.
/// </remarks>
public sealed record NoiseSchedule
{
    // With less of the image left than this, a prediction of the noise says nothing about the image.
    private const double HighestTimeForNoisePrediction = 0.999;

    private NoiseSchedule(ScheduleKind kind, double shift = 1) => (Kind, Shift) = (kind, shift);

    /// <summary>β linear from 1e-4 to 0.02 over 1000 levels (the Diff-AE baseline).</summary>
    public static NoiseSchedule LinearBeta { get; } = new(ScheduleKind.LinearBeta);

    /// <summary>α = cos(πt/2), σ = sin(πt/2).</summary>
    public static NoiseSchedule Cosine { get; } = new(ScheduleKind.Cosine);

    /// <summary>Always the highest noise: α = 0, σ = 1.</summary>
    public static NoiseSchedule HighestNoise { get; } = new(ScheduleKind.HighestNoise);

    /// <summary>Which of the four it is.</summary>
    public ScheduleKind Kind { get; }

    /// <summary>S of the shifted cosine schedule; 1 for the others.</summary>
    public double Shift { get; }

    /// <summary>Shifted cosine SC-S: cosine with λ raised by 2 ln S.</summary>
    /// <param name="shift">S, above 0; the published choice is 4.</param>
    public static NoiseSchedule ShiftedCosine(double shift)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shift);
        return new(ScheduleKind.ShiftedCosine, shift);
    }

    /// <summary>The noise level at time t.</summary>
    /// <param name="t">0 … 1. The discrete levels of linear-β divide this range into 1000 equal parts.</param>
    public NoiseLevel At(double t)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(t);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(t, 1);
        switch (Kind)
        {
            case ScheduleKind.HighestNoise:
                return NoiseLevel.Highest;
            case ScheduleKind.LinearBeta:
                return DiscreteLevels.Linear[Math.Min((int)(t * DiscreteLevels.Linear.Count), DiscreteLevels.Linear.Count - 1)];
            default:
                // tan(πt/2)/S = σ/α; through sine and cosine it stays exact at t = 1, where the tangent is infinite.
                double noise = t == 1 ? 1 : Math.Sin(Math.PI / 2 * t);
                double image = t == 1 ? 0 : Shift * Math.Cos(Math.PI / 2 * t);
                double length = Math.Sqrt(noise * noise + image * image);
                return new(image / length, noise / length, 1000 * t);
        }
    }

    /// <summary>The noise level at which a training sample is taken.</summary>
    /// <param name="uniform">A random number, uniform in [0, 1).</param>
    /// <param name="prediction">What the network predicts: noise is not predicted from pure noise.</param>
    public NoiseLevel Draw(double uniform, Prediction prediction) => At(uniform * HighestTime(prediction));

    /// <summary>The levels that decoding passes through, from the highest noise down to the clean image.</summary>
    /// <param name="steps">Network calls, at least 1; at most 1000 for linear-β. The highest-noise schedule always takes one.</param>
    /// <param name="prediction">What the network predicts.</param>
    /// <param name="grid">Where between the ends the levels lie. Default <see cref="TimeGrid.Uniform"/>.</param>
    /// <returns><paramref name="steps"/> levels, one for each network call, and then <see cref="NoiseLevel.Clean"/>.</returns>
    public IReadOnlyList<NoiseLevel> DecodingLevels(int steps, Prediction prediction, TimeGrid? grid = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        grid ??= TimeGrid.Uniform;
        return Kind switch
        {
            ScheduleKind.HighestNoise => [NoiseLevel.Highest, NoiseLevel.Clean],
            ScheduleKind.LinearBeta when grid == TimeGrid.Uniform => [.. DiscreteLevels.Linear.Spaced(steps).Reverse(), NoiseLevel.Clean],
            ScheduleKind.LinearBeta => [.. DiscreteLevels.Linear.Falling(grid.Times(this, steps, highest: 1)), NoiseLevel.Clean],
            _ => [.. grid.Times(this, steps, HighestTime(prediction)).Select(At), NoiseLevel.Clean],
        };
    }

    /// <summary>
    /// The levels that inversion passes through, from low noise up to pure noise. The clean image is taken to be at the first
    /// of them, as Diff-AE does (its index 0, σ = 0.01); the continuous schedules start at the same σ.
    /// </summary>
    /// <param name="steps">Network calls, at least 1; at most 1000 for linear-β. The highest-noise schedule cannot be inverted.</param>
    /// <param name="prediction">What the network predicts.</param>
    /// <returns><paramref name="steps"/> levels, one for each network call, and then pure noise.</returns>
    public IReadOnlyList<NoiseLevel> InversionLevels(int steps, Prediction prediction)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (Kind == ScheduleKind.HighestNoise)
            throw new UnderpaintException("A model that was trained at the highest noise only has no stochastic code to find.",
                "Decode from the code alone, or train a detail phase.");
        if (Kind == ScheduleKind.LinearBeta)
            return [.. steps == 1 ? [DiscreteLevels.Linear[0]] : DiscreteLevels.Linear.Spaced(steps), NoiseLevel.Highest];

        double sigma = DiscreteLevels.Linear[0].Sigma, alpha = DiscreteLevels.Linear[0].Alpha;
        double lowest = TimeOfRatio(sigma / alpha);
        double highest = HighestTime(prediction);
        return [.. Enumerable.Range(0, steps).Select(k => At(lowest + (highest - lowest) * k / steps)), NoiseLevel.Highest];
    }

    /// <summary>
    /// The level of this schedule that is nearest to a share of noise, so that models of different schedules can be asked about the
    /// same noisy image.
    /// </summary>
    /// <param name="share">See <see cref="NoiseLevel.Share"/>: above 0 … 1.</param>
    /// <param name="prediction">What the network predicts.</param>
    /// <returns>The level; null where the schedule has none anywhere near: highest noise has no other.</returns>
    public NoiseLevel? Nearest(double share, Prediction prediction)
    {
        if (share == 1 || Kind == ScheduleKind.HighestNoise)
            return share == 1 ? At(HighestTime(prediction)) : null;
        double logSnr = -2 * Math.Log(Math.Tan(Math.PI / 2 * share));
        return At(Math.Min(TimeOf(logSnr), HighestTime(prediction)));
    }

    /// <summary>The time of a log-SNR: the inverse of <see cref="At"/>, or for linear-β the nearest to it. The highest-noise schedule has none.</summary>
    internal double TimeOf(double logSnr) => Kind == ScheduleKind.LinearBeta
        ? DiscreteLevels.Linear.TimeOf(logSnr)
        : TimeOfRatio(Math.Exp(-logSnr / 2));

    // Of σ/α = tan(πt/2)/S.
    private double TimeOfRatio(double ratio) => Math.Atan(Shift * ratio) / (Math.PI / 2);

    private double HighestTime(Prediction prediction) =>
        prediction == Prediction.Noise && Kind is ScheduleKind.Cosine or ScheduleKind.ShiftedCosine ? HighestTimeForNoisePrediction : 1;
}
