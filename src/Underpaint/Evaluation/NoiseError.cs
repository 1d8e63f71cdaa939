using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Evaluation;

/// <summary>A mean error at one noise level.</summary>
/// <param name="Share">The share of noise: 0 is clean, 1 pure noise.</param>
/// <param name="Error">The mean squared error, and its interval.</param>
public sealed record NoiseError(double Share, BootstrapInterval Error);
