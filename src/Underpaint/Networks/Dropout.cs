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

    /// <summary>What activations are multiplied with where no kernel of ours drops them: the same are dropped on every device.</summary>
    /// <param name="activations">(N, C, H, W), an image for each key of the mask.</param>
    /// <param name="mask">What is dropped.</param>
    /// <returns>(N, C, H, W) float32, beside the activations: 0 where they are dropped, and elsewhere what keeps the mean.</returns>
    public static Tensor Factors(Tensor activations, DropoutMask mask)
    {
        long[] sizes = activations.shape;
        Tensor factors = empty(sizes[0], sizes[2], sizes[3], sizes[1]);
        mask.Write(new((int)sizes[0], (int)(sizes[2] * sizes[3]), (int)sizes[1], Groups: 1), factors.Floats());
        return factors.permute(0, 3, 1, 2).to(activations.device);
    }
}
