using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>Softmax of scaled scores over the last dimension, by our kernel (<see cref="FusedSoftmax"/>); on the CPU.</summary>
internal static class Softmax
{
    /// <summary>Turns scores into shares, in their own memory.</summary>
    /// <param name="scores">(…, length), contiguous, float32 or bfloat16.</param>
    /// <param name="scale">Multiplies the scores.</param>
    public static void Forward(Tensor scores, double scale)
    {
        if (scores.dtype == ScalarType.BFloat16)
            Forward<BFloat16Element>(scores, (float)scale);
        else
            Forward<Float32Element>(scores, (float)scale);
    }

    /// <summary>Turns the gradient of shares into that of scores, in its own memory.</summary>
    /// <param name="shares">As <see cref="Forward(Tensor, double)"/> left them.</param>
    /// <param name="gradient">Of the shares; contiguous.</param>
    /// <param name="scale">As given to <see cref="Forward(Tensor, double)"/>.</param>
    public static void Backward(Tensor shares, Tensor gradient, double scale)
    {
        if (shares.dtype == ScalarType.BFloat16)
            Backward<BFloat16Element>(shares, gradient, (float)scale);
        else
            Backward<Float32Element>(shares, gradient, (float)scale);
    }

    private static void Forward<T>(Tensor scores, float scale) where T : unmanaged, IElement<T> =>
        FusedSoftmax.Forward<T>((int)scores.size(-1), scale, scores.Memory<T>(), scores.Memory<T>());

    private static void Backward<T>(Tensor shares, Tensor gradient, float scale) where T : unmanaged, IElement<T> =>
        FusedSoftmax.Backward<T>((int)shares.size(-1), scale, shares.Memory<T>(), gradient.Memory<T>(), gradient.Memory<T>());
}
