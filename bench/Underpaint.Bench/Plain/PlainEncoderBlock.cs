using TorchSharp.Modules;
using TorchSharp.Utils;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Bench.Plain;

/// <summary>The encoder's residual block.</summary>
internal sealed class PlainEncoderBlock : nn.Module<Tensor, Tensor>
{
    private readonly PlainResampling _resampling;
    [ComponentName(Name = "in_layers")] private readonly Sequential _input;
    [ComponentName(Name = "skip_connection")] private readonly nn.Module<Tensor, Tensor> _skip;

    public PlainEncoderBlock(int inputs, int outputs, ModelOptions options, PlainResampling resampling = PlainResampling.Keep)
        : base(nameof(PlainEncoderBlock))
    {
        _resampling = resampling;
        _input = nn.Sequential(PlainLayers.Norm(options.Groups, inputs), nn.SiLU(), PlainLayers.Convolution(inputs, outputs));
        _skip = inputs == outputs ? nn.Identity() : PlainLayers.Convolution(inputs, outputs, kernel: 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        Tensor h = nn.functional.silu(_input[0].call(x));
        h = _input[2].call(PlainLayers.Resample(h, _resampling));
        return (h + _skip.forward(PlainLayers.Resample(x, _resampling))).MoveToOuterDisposeScope();
    }
}
