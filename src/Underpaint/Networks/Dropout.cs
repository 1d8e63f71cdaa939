using Underpaint.Kernels;

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
}
