using TorchSharp.Modules;
using TorchSharp.Utils;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Bench.Plain;

/// <summary>The decoder's residual block: (image, time embedding, code) → image.</summary>
internal sealed class PlainConditionalBlock : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly PlainResampling _resampling;
    [ComponentName(Name = "in_layers")] private readonly Sequential _input;
    [ComponentName(Name = "emb_layers")] private readonly Sequential _time;
    [ComponentName(Name = "cond_emb_layers")] private readonly Sequential _code;
    [ComponentName(Name = "out_layers")] private readonly Sequential _output;
    [ComponentName(Name = "skip_connection")] private readonly nn.Module<Tensor, Tensor> _skip;

    public PlainConditionalBlock(int inputs, int outputs, ModelOptions options, PlainResampling resampling = PlainResampling.Keep)
        : base(nameof(PlainConditionalBlock))
    {
        int timeWidth = options.TimeEmbedding > 0 ? options.TimeEmbedding : options.Code;
        _resampling = resampling;
        _input = nn.Sequential(PlainLayers.Norm(options.Groups, inputs), nn.SiLU(), PlainLayers.Convolution(inputs, outputs));
        _time = nn.Sequential(nn.SiLU(), nn.Linear(timeWidth, 2 * outputs));
        _code = nn.Sequential(nn.SiLU(), nn.Linear(options.Code, outputs));
        _output = nn.Sequential(PlainLayers.Norm(options.Groups, outputs), nn.SiLU(), nn.Dropout(options.Dropout),
            PlainLayers.ZeroConvolution(outputs, outputs));
        _skip = inputs == outputs ? nn.Identity() : PlainLayers.Convolution(inputs, outputs, kernel: 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor time, Tensor code)
    {
        using var scope = NewDisposeScope();
        Tensor h = nn.functional.silu(_input[0].call(x));
        h = _input[2].call(PlainLayers.Resample(h, _resampling));
        Tensor[] scaleAndShift = _time.forward(time).unsqueeze(2).unsqueeze(3).chunk(2, 1);
        Tensor codeScale = _code.forward(code).unsqueeze(2).unsqueeze(3);
        h = _output[0].call(h) * (1 + scaleAndShift[0]) + scaleAndShift[1];
        h = nn.functional.silu(h * (1 + codeScale));
        h = _output[3].call(_output[2].call(h));
        return (h + _skip.forward(PlainLayers.Resample(x, _resampling))).MoveToOuterDisposeScope();
    }
}
