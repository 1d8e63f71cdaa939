using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Diffusion;

/// <summary>
/// Deterministic DDIM (Song et al. 2021, η = 0) along any list of noise levels, downwards to decode and upwards to
/// invert. Each step: (1) the network's output at the current level; (2) the image it implies, clamped; (3) the noise
/// that this image leaves; (4) both mixed again at the next level.
/// </summary>
public static class Ddim
{
    /// <summary>Follows the levels from <paramref name="start"/>, without recording gradients.</summary>
    /// <param name="denoiser">The network.</param>
    /// <param name="prediction">What it predicts.</param>
    /// <param name="start">(N, C, H, W) at the first level; stays the caller's.</param>
    /// <param name="levels">
    /// From <see cref="NoiseSchedule.DecodingLevels"/> or <see cref="NoiseSchedule.InversionLevels"/>: one network call at each but the last.
    /// </param>
    /// <param name="clamp">Whether implied images are clamped to [−1, 1], as Diff-AE does. Default true.</param>
    /// <param name="onImage">Called with (step, implied image) after each network call; must not keep or dispose the tensor.</param>
    /// <returns>(N, C, H, W) at the last level; the caller disposes it.</returns>
    public static Tensor Follow(Denoiser denoiser, Prediction prediction, Tensor start, IReadOnlyList<NoiseLevel> levels,
        bool clamp = true, Action<int, Tensor>? onImage = null) =>
        SolverLoop.Follow(denoiser, prediction, start, levels, clamp, onImage,
            (i, image, current) => Step(image, current, levels[i], levels[i + 1]));

    /// <summary>Steps 3 and 4: what <paramref name="current"/> becomes if the image is <paramref name="image"/>. Exact at α = 0 and at σ = 0 of the next level.</summary>
    internal static Tensor Step(Tensor image, Tensor current, NoiseLevel from, NoiseLevel to)
    {
        Tensor noise = PredictionMaths.NoiseFrom(image, current, from);
        return TensorArithmetic.Mix(to.Alpha, image, to.Sigma, noise);
    }
}
