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

    public Value Apply(Tape tape, Value x)
    {
        using var scope = NewDisposeScope();
        Value h = _norm.Apply(tape, x);
        h = x.Data.device_type == DeviceType.CPU ? AttendInParts(tape, h) : tape.Apply(inputs => Attend(inputs[0]), h);
        return tape.AddInto(h, x).MoveOut();
    }

    // libtorch's fused attention multiplies bfloat16 on the CPU with a kernel for float32: plain products are faster there.
    private Value AttendInParts(Tape tape, Value h)
    {
        Value scores = tape.Apply(inputs => Queries(inputs[0]).matmul(Keys(inputs[0]).transpose(2, 3)), h);    // (N, heads, HW, HW)
        Value shares = Softmax.Apply(tape, scores, Math.Sqrt((double)_heads / h.Data.size(1)));
        return tape.Apply(inputs => Output(inputs[0].matmul(Values(inputs[1])), inputs[1]), shares, h);
    }

    private Tensor Attend(Tensor h) => Output(nn.functional.scaled_dot_product_attention(Queries(h), Keys(h), Values(h)), h);

    private Tensor Queries(Tensor h) => Part(h, 0);

    private Tensor Keys(Tensor h) => Part(h, 1);

    private Tensor Values(Tensor h) => Part(h, 2);

    // (N, C, H, W) → (N, heads, HW, C / heads).
    private Tensor Part(Tensor h, int part)
    {
        Tensor pixels = h.Pixels().flatten(1, 2);                                                              // (N, HW, C)
        return _queriesKeysValues.Apply(pixels, part, _heads).unflatten(2, [_heads, -1]).transpose(1, 2);
    }

    // (N, heads, HW, C / heads) → (N, C, H, W), like h.
    private Tensor Output(Tensor attended, Tensor h)
    {
        Tensor pixels = _output.Apply(attended.transpose(1, 2).flatten(2));                                    // (N, HW, C)
        return pixels.unflatten(1, [h.size(2), h.size(3)]).permute(0, 3, 1, 2);
    }
}
