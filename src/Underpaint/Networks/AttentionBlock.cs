using TorchSharp;
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

    public Value Apply(Tape tape, Value x) => tape.AddInto(tape.Apply(inputs => Attend(inputs[0]), _norm.Apply(tape, x)), x);

    private Tensor Attend(Tensor x)
    {
        var (n, c, h, w) = (x.size(0), x.size(1), x.size(2), x.size(3));
        Tensor pixels = x.Pixels().flatten(1, 2);                                                      // (N, HW, C)
        Tensor Heads(int part) => _queriesKeysValues.Apply(pixels, part, _heads).view(n, h * w, _heads, c / _heads).transpose(1, 2);
        Tensor attended = Attend(Heads(0), Heads(1), Heads(2));                                        // (N, heads, HW, C/heads)
        return _output.Apply(attended.transpose(1, 2).flatten(2)).view(n, h, w, c).permute(0, 3, 1, 2);
    }

    // libtorch's fused attention multiplies bfloat16 on the CPU with a kernel for float32: plain products are faster there.
    private static Tensor Attend(Tensor queries, Tensor keys, Tensor values)
    {
        if (queries.dtype != ScalarType.BFloat16 || queries.device_type != DeviceType.CPU)
            return nn.functional.scaled_dot_product_attention(queries, keys, values);
        Tensor scores = (queries / Math.Sqrt(queries.size(3))).matmul(keys.transpose(2, 3));           // (N, heads, HW, HW)
        return nn.functional.softmax(scores, 3).matmul(values);
    }
}
