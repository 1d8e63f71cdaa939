using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Diffusion;

/// <summary>
/// Conversions between what a network predicts, the image and the noise, at <c>x_t = α x₀ + σ ε</c>. All tensors are
/// (N, C, H, W); α and σ are scalars or (N, 1, 1, 1).
/// </summary>
/// <remarks>velocity: <c>v = α ε − σ x₀</c>, <c>x₀ = α x_t − σ v</c>, <c>ε = σ x_t + α v</c> (Salimans and Ho 2022).</remarks>
public static class PredictionMaths
{
    /// <summary>The noisy image at one noise level per image.</summary>
    /// <param name="image">x₀.</param>
    /// <param name="noise">ε.</param>
    /// <param name="alpha">α, (N, 1, 1, 1).</param>
    /// <param name="sigma">σ, (N, 1, 1, 1).</param>
    public static Tensor AddNoise(Tensor image, Tensor noise, Tensor alpha, Tensor sigma) =>
        (alpha * image).Plus(sigma * noise);

    /// <summary>What the network should have said.</summary>
    /// <param name="prediction">What it predicts.</param>
    /// <param name="image">x₀.</param>
    /// <param name="noise">ε.</param>
    /// <param name="alpha">α, (N, 1, 1, 1).</param>
    /// <param name="sigma">σ, (N, 1, 1, 1).</param>
    public static Tensor Target(this Prediction prediction, Tensor image, Tensor noise, Tensor alpha, Tensor sigma) => prediction switch
    {
        Prediction.Noise => noise,
        Prediction.Velocity => alpha * noise - sigma * image,
        _ => image,
    };

    /// <summary>The clean image that a prediction implies.</summary>
    /// <param name="prediction">What the network predicts.</param>
    /// <param name="output">What it said.</param>
    /// <param name="noisy">x_t.</param>
    /// <param name="level">The noise level of <paramref name="noisy"/>; α above 0 if noise is predicted.</param>
    public static Tensor ImageFrom(this Prediction prediction, Tensor output, Tensor noisy, NoiseLevel level) => prediction switch
    {
        Prediction.Noise => TensorArithmetic.Mix(1 / level.Alpha, noisy, -level.Sigma / level.Alpha, output),
        Prediction.Velocity => TensorArithmetic.Mix(level.Alpha, noisy, -level.Sigma, output),
        _ => output.alias(),
    };

    /// <summary>The noise that an image implies.</summary>
    /// <param name="image">x₀.</param>
    /// <param name="noisy">x_t.</param>
    /// <param name="level">The noise level of <paramref name="noisy"/>; σ above 0.</param>
    public static Tensor NoiseFrom(Tensor image, Tensor noisy, NoiseLevel level) =>
        TensorArithmetic.Mix(1 / level.Sigma, noisy, -level.Alpha / level.Sigma, image);
}
