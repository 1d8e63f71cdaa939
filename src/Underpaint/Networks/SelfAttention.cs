using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// Scaled dot-product attention, softmax(q kᵀ / √d) v, and its gradient by hand: libtorch's fused attention multiplies
/// bfloat16 on the CPU with a kernel for float32, and its graph of single operations takes as long as the operations.
/// Projections are (N, T, 3 C): heads are outermost among the channels, and inside each head stand queries, keys and values.
/// </summary>
internal static class SelfAttention
{
    /// <summary>What every position gathers.</summary>
    /// <param name="projections">(N, T, 3 C), contiguous.</param>
    /// <param name="heads">How many share the channels.</param>
    /// <returns>What is gathered, (N, T, C), and each position's shares of all others, (N heads, T, T).</returns>
    public static (Tensor Gathered, Tensor Shares) Forward(Tensor projections, int heads)
    {
        Tensor queries = Part(projections, 0, heads), keys = Part(projections, 1, heads), values = Part(projections, 2, heads);
        Tensor shares = queries.bmm(keys.transpose(1, 2));
        Softmax.Forward(shares, Scale(queries));
        return (Apart(shares.bmm(values), heads).flatten(2), shares);
    }

    /// <summary>The gradient of the projections.</summary>
    /// <param name="projections">As given to <see cref="Forward"/>.</param>
    /// <param name="shares">As it returned them.</param>
    /// <param name="gradient">Of what was gathered, (N, T, C), contiguous.</param>
    /// <param name="heads">As given to <see cref="Forward"/>.</param>
    public static Tensor Backward(Tensor projections, Tensor shares, Tensor gradient, int heads)
    {
        Tensor queries = Part(projections, 0, heads), keys = Part(projections, 1, heads), values = Part(projections, 2, heads);
        Tensor ofGathered = Together(gradient.unflatten(2, [heads, -1]));
        Tensor ofScores = ofGathered.bmm(values.transpose(1, 2));
        Softmax.Backward(shares, ofScores, Scale(queries));
        Tensor[] ofParts = [ofScores.bmm(keys), ofScores.transpose(1, 2).bmm(queries), shares.transpose(1, 2).bmm(ofGathered)];
        return stack(ofParts.Select(part => Apart(part, heads)), 3).flatten(2);
    }

    /// <summary>The queries (0), keys (1) or values (2): (N, T, 3 C) → (N heads, T, C / heads), contiguous, which makes products a third faster.</summary>
    public static Tensor Part(Tensor projections, int part, int heads) =>
        Together(projections.unflatten(2, [heads, 3, -1]).select(3, part)).contiguous();

    // (N, T, heads, d) → (N heads, T, d).
    private static Tensor Together(Tensor x) => x.transpose(1, 2).flatten(0, 1);

    // (N heads, T, d) → (N, T, heads, d).
    private static Tensor Apart(Tensor x, int heads) => x.unflatten(0, [-1, heads]).transpose(1, 2);

    private static double Scale(Tensor queries) => 1 / Math.Sqrt(queries.size(2));
}
