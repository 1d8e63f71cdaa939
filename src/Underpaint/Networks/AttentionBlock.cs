using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>Self-attention over all pixels, added to its input: (N, C, H, W) → (N, C, H, W).</summary>
internal sealed class AttentionBlock
{
    private readonly int _heads;
    private readonly GroupNorm _norm;
    private readonly PointwiseConvolution _projections;
    private readonly PointwiseConvolution _output;
    private readonly FoldedAttention? _folded;

    public AttentionBlock(WeightScope scope, int channels, ModelOptions options)
    {
        if (channels % options.Heads != 0)
            throw new UnderpaintException($"{scope.Path} would share {channels} channels among {options.Heads} attention heads.",
                "Choose model.heads so that it divides the channels of every level that has attention.");
        _heads = options.Heads;
        _norm = new(scope["norm"], channels, options);
        _projections = new(scope["qkv"], channels, 3 * channels);
        _output = new(scope["proj_out"], channels, channels, zero: true);
        // With more heads than one, each would need a matrix as large as that of all together.
        _folded = _heads == 1 ? new(scope, _projections, _output) : null;
    }

    public Value Apply(Tape tape, Value x)
    {
        using var scope = NewDisposeScope();
        Value h = _norm.Apply(tape, x);
        if (!OwnKernels.Fit(x.Data))
            h = tape.Apply(inputs => Attend(inputs[0]), h);
        else if (tape.Records || _folded is null)
            h = AttendByHand(tape, h);
        else
            h = Tape.Constant(Image(_folded.Apply(Rows(h.Data)), h.Data));
        return tape.AddInto(h, x).MoveOut();
    }

    private Value AttendByHand(Tape tape, Value h)
    {
        using var noGradients = no_grad();
        Tensor pixels = Rows(h.Data.detach()), projections = _projections.Apply(pixels);
        (Tensor gathered, Tensor shares) = SelfAttention.Forward(projections, _heads);
        return tape.Push(Image(_output.Apply(gathered), h.Data), arrived =>
        {
            using var noGradients = no_grad();
            Tensor gradient = _output.Backward(gathered, Rows(arrived.ToChannelsLast()));
            gradient = SelfAttention.Backward(projections, shares, gradient, _heads);
            h.AddGradient(Image(_projections.Backward(pixels, gradient), h.Data));
        }, pixels, projections, gathered, shares);
    }

    private Tensor Attend(Tensor h)
    {
        Tensor projections = _projections.Apply(Rows(h));
        Tensor Part(int part) => SelfAttention.Part(projections, part, _heads).unflatten(0, [-1, _heads]);            // (N, heads, HW, d)
        Tensor gathered = nn.functional.scaled_dot_product_attention(Part(0), Part(1), Part(2));
        return Image(_output.Apply(gathered.transpose(1, 2).flatten(2)), h);
    }

    private static Tensor Rows(Tensor image) => image.Pixels().flatten(1, 2);                                         // (N, HW, C)

    private static Tensor Image(Tensor rows, Tensor like) => rows.unflatten(1, [like.size(2), like.size(3)]).permute(0, 3, 1, 2);
}
