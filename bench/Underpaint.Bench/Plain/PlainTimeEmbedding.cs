using TorchSharp.Modules;
using TorchSharp.Utils;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Bench.Plain;

/// <summary>Sinusoids of the time, then two linear layers: (N) → (N, width).</summary>
internal sealed class PlainTimeEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly int _channels;
    [ComponentName(Name = "time_embed")] private readonly Sequential _layers;

    public PlainTimeEmbedding(ModelOptions options) : base(nameof(PlainTimeEmbedding))
    {
        int width = options.TimeEmbedding > 0 ? options.TimeEmbedding : options.Code;
        _channels = options.Channels;
        _layers = nn.Sequential(nn.Linear(_channels, width), nn.SiLU(), nn.Linear(width, width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor times)
    {
        int half = _channels / 2;
        Tensor frequencies = exp(-Math.Log(10_000) * arange(half, dtype: ScalarType.Float32) / half);
        Tensor angles = times.unsqueeze(1) * frequencies;
        return _layers.forward(cat([angles.cos(), angles.sin()], 1));
    }
}
