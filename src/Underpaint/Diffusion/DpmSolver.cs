using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Diffusion;

/// <summary>
/// DPM-Solver++(2M) (Lu et al. 2022, algorithm 2): deterministic, of second order, one network call for each step. Each step:
/// (1) the network's output at the current level; (2) the image it implies, clamped; (3) where that image is heading, from
/// this step's and the last one's; (4) DDIM's step towards there.
/// </summary>
/// <remarks>
/// With λ = ln(α²/σ²), twice the paper's, and h = λ_to − λ_from: <c>D = x̂ + r/2 · (x̂ − x̂_last)</c> with <c>r = h/h_last</c>, and
/// <c>x_to = σ_to/σ_from · x_from + (α_to − σ_to · α_from/σ_from) · D</c>. The second is the paper's <c>−α_to (e^(−h/2) − 1) D</c> without a λ in it, so
/// that it holds at α = 0 and at σ = 0, too. There h is infinite, and the step (as the one after pure noise) is of first order: D = x̂.
/// </remarks>
public static class DpmSolver
{
    /// <summary>Follows the levels from <paramref name="start"/>, without recording gradients.</summary>
    /// <param name="denoiser">The network.</param>
    /// <param name="prediction">What it predicts.</param>
    /// <param name="start">(N, C, H, W) at the first level; stays the caller's.</param>
    /// <param name="levels">From <see cref="NoiseSchedule.DecodingLevels"/>: one network call at each but the last.</param>
    /// <param name="clamp">Whether implied images are clamped to [−1, 1], as Diff-AE does. Default true.</param>
    /// <param name="onImage">Called with (step, implied image) after each network call; must not keep or dispose the tensor.</param>
    /// <returns>(N, C, H, W) at the last level; the caller disposes it.</returns>
    public static Tensor Follow(Denoiser denoiser, Prediction prediction, Tensor start, IReadOnlyList<NoiseLevel> levels,
        bool clamp = true, Action<int, Tensor>? onImage = null)
    {
        Tensor? last = null;
        Tensor decoded = SolverLoop.Follow(denoiser, prediction, start, levels, clamp, onImage, (i, image, current) =>
        {
            NoiseLevel from = levels[i], to = levels[i + 1];
            Tensor heading = last is null ? image : Extrapolate(image, last, StepGrowth.Of(levels[i - 1], from, to));
            Tensor next = Ddim.Step(heading, current, from, to);
            last?.Dispose();
            last = image.MoveToOuterDisposeScope();
            return next;
        });
        last?.Dispose();
        return decoded;
    }

    private static Tensor Extrapolate(Tensor image, Tensor last, double growth) =>
        growth == 0 ? image : TensorArithmetic.Mix(1 + growth / 2, image, -growth / 2, last);
}
