using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Diffusion;

/// <summary>
/// What all solvers do at each noise level: (1) the network's output at the current level; (2) the image it implies, clamped;
/// then a step of the solver's own to the next level.
/// </summary>
internal static class SolverLoop
{
    /// <summary>A solver's own step.</summary>
    /// <param name="i">The number of the current level.</param>
    /// <param name="image">The image that the network's output implies there; freed after the step, unless it is moved out of its scope.</param>
    /// <param name="current">(N, C, H, W) at the current level.</param>
    /// <returns>(N, C, H, W) at the next level.</returns>
    public delegate Tensor Step(int i, Tensor image, Tensor current);

    /// <summary>Follows the levels from <paramref name="start"/>, without recording gradients.</summary>
    /// <param name="denoiser">The network.</param>
    /// <param name="prediction">What it predicts.</param>
    /// <param name="start">(N, C, H, W) at the first level; stays the caller's.</param>
    /// <param name="levels">One network call at each but the last.</param>
    /// <param name="clamp">Whether implied images are clamped to [−1, 1].</param>
    /// <param name="onImage">Called with (step, implied image) after each network call.</param>
    /// <param name="step">Goes from one level to the next.</param>
    /// <returns>(N, C, H, W) at the last level; the caller disposes it.</returns>
    public static Tensor Follow(Denoiser denoiser, Prediction prediction, Tensor start, IReadOnlyList<NoiseLevel> levels,
        bool clamp, Action<int, Tensor>? onImage, Step step)
    {
        using var noGradients = no_grad();
        Tensor current = start.alias();
        for (int i = 0; i + 1 < levels.Count; i++)
        {
            using var scope = NewDisposeScope();
            Tensor output = denoiser(current, levels[i]);
            Tensor image = prediction.ImageFrom(output, current, levels[i]);
            if (clamp)
                image = image.Clamp();
            onImage?.Invoke(i, image);
            Tensor next = step(i, image, current);
            current.Dispose();
            current = next.MoveToOuterDisposeScope();
        }
        return current;
    }
}
