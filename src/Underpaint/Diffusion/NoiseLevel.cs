namespace Underpaint.Diffusion;

/// <summary>One noise level: the noisy image is <c>α·x₀ + σ·ε</c>, with <c>α² + σ² = 1</c>.</summary>
/// <param name="Alpha">α, the image's share: 0 … 1.</param>
/// <param name="Sigma">σ, the noise's share: 0 … 1.</param>
/// <param name="Time">What the network is told of it: the index 0 … 999 of a discrete level, or 1000·t.</param>
public readonly record struct NoiseLevel(double Alpha, double Sigma, double Time)
{
    /// <summary>The clean image; no network is ever asked about it.</summary>
    public static NoiseLevel Clean { get; } = new(1, 0, 0);

    /// <summary>Pure noise, t = 1: all that the network can go by is the code.</summary>
    public static NoiseLevel Highest { get; } = new(0, 1, 1000);

    /// <summary>λ = ln(α²/σ²), the log-SNR: −∞ at pure noise, ∞ at the clean image.</summary>
    public double LogSnr => 2 * Math.Log(Alpha / Sigma);

    /// <summary>The angle of (α, σ) as a share of a right angle: 0 is clean, 1 is pure noise, whatever the schedule.</summary>
    public double Share => Math.Atan2(Sigma, Alpha) / (Math.PI / 2);
}
