using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>Softmax of scaled scores over the last dimension, by our kernel (<see cref="FusedSoftmax"/>); on the CPU.</summary>
internal static class Softmax
{
    /// <summary>(…, length) → (…, length), into the memory of the scores, which nothing else may use.</summary>
    /// <param name="tape">Remembers it.</param>
    /// <param name="scores">Contiguous, float32 or bfloat16.</param>
    /// <param name="scale">Multiplies the scores.</param>
    public static Value Apply(Tape tape, Value scores, double scale) => scores.Data.dtype == ScalarType.BFloat16
        ? Apply<BFloat16Element>(tape, scores, (float)scale)
        : Apply<Float32Element>(tape, scores, (float)scale);

    private static Value Apply<T>(Tape tape, Value scores, float scale) where T : unmanaged, IElement<T>
    {
        Tensor shares = scores.Data.detach();
        int length = (int)shares.size(-1);
        FusedSoftmax.Forward<T>(length, scale, shares.Memory<T>(), shares.Memory<T>());
        return tape.Push(shares, arrived =>
        {
            Tensor gradient = arrived.contiguous(), result = empty_like(gradient);
            FusedSoftmax.Backward<T>(length, scale, shares.Memory<T>(), gradient.Memory<T>(), result.Memory<T>());
            scores.AddGradient(result);
        });
    }
}
