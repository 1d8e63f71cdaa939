using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// Self-attention with one head where nothing is learnt, with half of its projections. Of q kᵀ = (h Qᵀ + a)(h Kᵀ + b)ᵀ, the part with b is the same for all
/// keys, and softmax does not see it: scores are (h (KᵀQ)ᵀ + Kᵀa) hᵀ. Shares add up to one, so that the output's matrix and biases can be applied to the
/// values before they are mixed: O (V h + c) + d.
/// </summary>
internal sealed class FoldedAttention
{
    private readonly DerivedWeights _weights;

    /// <summary>Folds the layers of an attention block.</summary>
    /// <param name="scope">Where the block stands.</param>
    /// <param name="projections">C → 3 C: queries, keys, values.</param>
    /// <param name="output">C → C.</param>
    public FoldedAttention(WeightScope scope, PointwiseConvolution projections, PointwiseConvolution output) =>
        _weights = scope.Derive(() => Fold(projections, output));

    /// <summary>What every position gathers, after the output's projection: (N, T, C) → (N, T, C).</summary>
    /// <param name="h">Contiguous; on the CPU.</param>
    public Tensor Apply(Tensor h)
    {
        IReadOnlyList<Tensor> folded = _weights.As(h.dtype);
        Tensor queries = PixelProduct.OfRows(h, folded[0], folded[1]), values = PixelProduct.OfRows(h, folded[2], folded[3]);
        Tensor shares = queries.bmm(h.transpose(1, 2));
        Softmax.Forward(shares, 1 / Math.Sqrt(h.size(2)));
        return shares.bmm(values);
    }

    private static Tensor[] Fold(PointwiseConvolution projections, PointwiseConvolution output)
    {
        Tensor[] matrices = projections.Matrix.chunk(3), biases = projections.Bias.chunk(3);
        var (query, key, value) = (matrices[0], matrices[1], matrices[2]);
        return
        [
            key.t().mm(query), key.t().mv(biases[0]),
            output.Matrix.mm(value), output.Matrix.mv(biases[2]).Plus(output.Bias),
        ];
    }
}
