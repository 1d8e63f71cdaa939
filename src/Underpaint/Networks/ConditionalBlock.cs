using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// The decoder's residual block, told the noise level (scale and shift) and the code (scale only):
/// (N, inputs, H, W) → (N, outputs, H′, W′).
/// </summary>
internal sealed class ConditionalBlock
{
    private readonly GroupNorm _norm;
    private readonly Convolution _convolution;
    private readonly Linear _time;
    private readonly Linear _code;
    private readonly GroupNorm _outputNorm;
    private readonly Convolution _outputConvolution;
    private readonly Convolution? _skip;
    private readonly Resampling _resampling;

    public ConditionalBlock(WeightScope scope, int inputs, int outputs, ModelOptions options, Resampling resampling = Resampling.Keep)
    {
        _norm = new(scope["in_layers"][0], inputs, options);
        _convolution = new(scope["in_layers"][2], inputs, outputs);
        _time = new(scope["emb_layers"][1], options.TimeWidth, 2 * outputs);
        _code = new(scope["cond_emb_layers"][1], options.Code, outputs);
        _outputNorm = new(scope["out_layers"][0], outputs, options);
        _outputConvolution = new(scope["out_layers"][3], outputs, outputs, zero: true);
        _skip = inputs == outputs ? null : new(scope["skip_connection"], inputs, outputs, kernel: 1);
        _resampling = resampling;
    }

    public Value Apply(Tape tape, Value x, Conditioning conditioning)
    {
        using var scope = NewDisposeScope();
        Value h = _resampling.Apply(tape, _norm.ApplySilu(tape, x));
        x = _resampling.Apply(tape, x);
        h = _convolution.Apply(tape, h);
        h = _outputNorm.ApplySilu(tape, h, Modulation(tape, conditioning), conditioning.Dropout);
        h = _outputConvolution.Apply(tape, h);
        return tape.AddInto(h, _skip?.Apply(tape, x) ?? x).MoveOut();
    }

    private Value Modulation(Tape tape, Conditioning conditioning) => tape.Apply(
        inputs => cat([_time.Apply(inputs[0]), _code.Apply(inputs[1])], 1), conditioning.Time, conditioning.Code);
}
