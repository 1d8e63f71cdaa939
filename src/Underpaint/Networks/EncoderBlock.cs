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

    public Tensor Apply(Tensor x)
    {
        Tensor h = _resampling.Apply(nn.functional.silu(_norm.Apply(x)));
        x = _resampling.Apply(x);
        return (_skip?.Apply(x) ?? x) + _convolution.Apply(h);
    }
}
