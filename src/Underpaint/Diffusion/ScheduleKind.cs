namespace Underpaint.Diffusion;

/// <summary>The families of noise schedules.</summary>
public enum ScheduleKind
{
    /// <summary>1000 discrete levels with β linear from 1e-4 to 0.02.</summary>
    LinearBeta,

    /// <summary>α = cos(πt/2).</summary>
    Cosine,

    /// <summary>Cosine, shifted by a factor S towards low noise.</summary>
    ShiftedCosine,

    /// <summary>Pure noise at every t.</summary>
    HighestNoise,
}
