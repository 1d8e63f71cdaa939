using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>Self-attention over all pixels, added to its input: (N, C, H, W) → (N, C, H, W).</summary>
internal sealed class AttentionBlock
{
    private readonly int _heads;
    private readonly GroupNorm _norm;
    private readonly PointwiseConvolution _queriesKeysValues;
    private readonly PointwiseConvolution _output;

    public AttentionBlock(WeightScope scope, int channels, ModelOptions options)
    {
        if (channels % options.Heads != 0)
            throw new UnderpaintException($"{scope.Path} would share {channels} channels among {options.Heads} attention heads.",
                "Choose model.heads so that it divides the channels of every level that has attention.");
        _heads = options.Heads;
        _norm = new(scope["norm"], channels, options);
        _queriesKeysValues = new(scope["qkv"], channels, 3 * channels);
        _output = new(scope["proj_out"], channels, channels, zero: true);
    }

    public Tensor Apply(Tensor x)
    {
        var (n, c, h, w) = (x.size(0), x.size(1), x.size(2), x.size(3));
        Tensor pixels = _norm.Apply(x).flatten(2);                                                    // (N, C, HW)
        // Heads are outermost, and inside each head stand its queries, keys and values.
        Tensor[] parts = _queriesKeysValues.Apply(pixels).view(n, _heads, 3 * c / _heads, h * w).transpose(2, 3).chunk(3, 3);
        Tensor attended = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2]);    // (N, heads, HW, C/heads)
        return x + _output.Apply(attended.transpose(2, 3).reshape(n, c, h * w)).view(n, c, h, w);
    }
}
