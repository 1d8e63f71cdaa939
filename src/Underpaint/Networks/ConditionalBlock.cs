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
    private readonly double _dropout;

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
        _dropout = options.Dropout;
    }

    public Tensor Apply(Tensor x, Conditioning conditioning)
    {
        Tensor h = _resampling.Apply(nn.functional.silu(_norm.Apply(x)));
        x = _resampling.Apply(x);
        h = _outputNorm.Apply(_convolution.Apply(h));

        // First the time, (1 + scale) h + shift, then the code, (1 + scale) h: both at once, in one pass over the pixels.
        Tensor[] time = _time.Apply(conditioning.Time).chunk(2, 1);
        Tensor code = 1 + _code.Apply(conditioning.Code);
        h = addcmul(PerChannel(time[1] * code), h, PerChannel((1 + time[0]) * code), 1);

        h = nn.functional.silu(h);
        if (conditioning.Dropout is { } generator && _dropout > 0)
            h = h * empty_like(h).bernoulli_(1 - _dropout, generator).div_(1 - _dropout);
        return (_skip?.Apply(x) ?? x) + _outputConvolution.Apply(h);
    }

    private static Tensor PerChannel(Tensor vector) => vector.unsqueeze(2).unsqueeze(3);  // (N, C) → (N, C, 1, 1)
}
