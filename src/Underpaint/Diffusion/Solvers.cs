using static TorchSharp.torch;

namespace Underpaint.Diffusion;

/// <summary>From a solver's name to what it does.</summary>
public static class Solvers
{
    /// <summary>Follows the levels from <paramref name="start"/>, without recording gradients.</summary>
    /// <param name="solver">How.</param>
    /// <param name="denoiser">The network.</param>
    /// <param name="prediction">What it predicts.</param>
    /// <param name="start">(N, C, H, W) at the first level; stays the caller's.</param>
    /// <param name="levels">One network call at each but the last.</param>
    /// <returns>(N, C, H, W) at the last level; the caller disposes it.</returns>
    public static Tensor Follow(this Solver solver, Denoiser denoiser, Prediction prediction, Tensor start, IReadOnlyList<NoiseLevel> levels) =>
        solver switch
        {
            Solver.DpmSolver => DpmSolver.Follow(denoiser, prediction, start, levels),
            _ => Ddim.Follow(denoiser, prediction, start, levels),
        };
}
