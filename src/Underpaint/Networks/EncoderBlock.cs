using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>The encoder's residual block: norm, SiLU, resampling, one convolution. (N, inputs, H, W) → (N, outputs, H′, W′).</summary>
internal sealed class EncoderBlock
{
    private readonly GroupNorm _norm;
    private readonly Convolution _convolution;
    private readonly Convolution? _skip;
    private readonly Resampling _resampling;

    public EncoderBlock(WeightScope scope, int inputs, int outputs, ModelOptions options, Resampling resampling = Resampling.Keep)
    {
        _norm = new(scope["in_layers"][0], inputs, options);
        _convolution = new(scope["in_layers"][2], inputs, outputs);
        _skip = inputs == outputs ? null : new(scope["skip_connection"], inputs, outputs, kernel: 1);
        _resampling = resampling;
    }

    public Value Apply(Tape tape, Value x)
    {
        using var scope = NewDisposeScope();
        Value h = _resampling.Apply(tape, _norm.ApplySilu(tape, x));
        x = _resampling.Apply(tape, x);
        h = _convolution.Apply(tape, h);
        return tape.AddInto(h, _skip?.Apply(tape, x) ?? x).MoveOut();
    }
}
