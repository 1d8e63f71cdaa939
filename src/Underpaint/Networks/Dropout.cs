using TorchSharp;
using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// Which activations are dropped in one forward pass: for each image a pure function of its key, the layer and the place,
/// whoever computes it and in whatever company.
/// </summary>
/// <param name="share">Share of activations to drop, 0 … 1.</param>
/// <param name="keys">One key for each image.</param>
internal sealed class Dropout(double share, ulong[] keys)
{
    private uint _layer;

    /// <summary>The mask of the next layer that drops.</summary>
    public DropoutMask Next() => new(share, keys, _layer++);

    /// <summary>
    /// 0 where something is dropped, and elsewhere what keeps the mean, in libtorch's operations. Other random numbers than
    /// the kernel's, from the same keys: results repeat on the same device only.
    /// </summary>
    public static Tensor Keep(Tensor like, DropoutMask mask)
    {
        using var generator = new Generator(mask.Keys.Span[0] + mask.Layer, like.device);
        using Scalar kept = 1 - mask.Share;
        return empty_like(like).bernoulli_(1 - mask.Share, generator).div_(kept);
    }
}
