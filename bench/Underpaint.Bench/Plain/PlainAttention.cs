using TorchSharp.Modules;
using TorchSharp.Utils;
using Underpaint.Networks;
using static TorchSharp.torch;
using GroupNorm = TorchSharp.Modules.GroupNorm;

namespace Underpaint.Bench.Plain;

/// <summary>Self-attention over all pixels, added to its input.</summary>
internal sealed class PlainAttention : nn.Module<Tensor, Tensor>
{
    private readonly int _heads;
    [ComponentName(Name = "norm")] private readonly GroupNorm _norm;
    [ComponentName(Name = "qkv")] private readonly Conv1d _queriesKeysValues;
    [ComponentName(Name = "proj_out")] private readonly Conv1d _output;

    public PlainAttention(int channels, ModelOptions options) : base(nameof(PlainAttention))
    {
        _heads = options.Heads;
        _norm = PlainLayers.Norm(options.Groups, channels);
        _queriesKeysValues = nn.Conv1d(channels, 3 * channels, 1);
        _output = nn.Conv1d(channels, channels, 1);
        nn.init.zeros_(_output.weight);
        nn.init.zeros_(_output.bias!);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        long n = x.shape[0], c = x.shape[1];
        Tensor pixels = x.flatten(2);                                                                          // (N, C, HW)
        Tensor[] parts = _queriesKeysValues.forward(_norm.forward(pixels)).view(n, _heads, 3 * c / _heads, -1).chunk(3, 2);
        Tensor attended = nn.functional.scaled_dot_product_attention(
            parts[0].transpose(2, 3), parts[1].transpose(2, 3), parts[2].transpose(2, 3));                     // (N, heads, HW, C/heads)
        Tensor h = _output.forward(attended.transpose(2, 3).reshape(n, c, -1));
        return (pixels + h).view(x.shape).MoveToOuterDisposeScope();
    }
}
