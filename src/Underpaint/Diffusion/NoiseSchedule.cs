namespace Underpaint.Diffusion;

/// <summary>
/// Which noise levels there are: the noisy image is <c>x_t = α(t)·x₀ + σ(t)·ε</c> with <c>α² + σ² = 1</c>, from
/// <c>t = 0</c> (clean) to <c>t = 1</c> (the highest noise). Values are in double precision.
/// </summary>
/// <remarks>
/// linear-β: Ho et al. 2020, the 1000 discrete levels of Diff-AE. Cosine: λ(t) = −2 ln tan(πt/2). Shifted cosine SC-S adds
/// 2 ln S to λ, so that more of the time is spent at low noise (arXiv 2504.21368 uses S = 4). Highest noise: α = 0 always.
/// </remarks>
public sealed record NoiseSchedule
{
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
}
