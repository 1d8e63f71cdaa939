using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>Tells the decoder the noise level: sinusoids of the time, then Linear, SiLU, Linear.</summary>
internal sealed class TimeEmbedding
{
    private readonly int _channels;
    private readonly Linear _first;
    private readonly Linear _second;

    public TimeEmbedding(WeightScope scope, int channels, int width)
    {
        _channels = channels;
        _first = new(scope[0], channels, width);
        _second = new(scope[2], width, width);
    }

    /// <summary>(N) times, 0 … 1000 → (N, width).</summary>
    public Tensor Apply(Tensor times) => _second.Apply(nn.functional.silu(_first.Apply(Sinusoids(times, _channels))));

    /// <summary>(N) → (N, channels): cosines first, then sines, at frequencies from 1 down to 1/10 000 (Vaswani et al. 2017).</summary>
    internal static Tensor Sinusoids(Tensor times, int channels)
    {
        Tensor angles = times.unsqueeze(1) * tensor(Frequencies(channels), device: times.device);
        Tensor embedding = cat([angles.cos(), angles.sin()], 1);
        return channels % 2 == 0 ? embedding : nn.functional.pad(embedding, [0, 1]);
    }

    /// <summary>The frequencies of the sinusoids: half as many as channels.</summary>
    internal static float[] Frequencies(int channels)
    {
        int half = channels / 2;
        return [.. Enumerable.Range(0, half).Select(i => MathF.Exp(-MathF.Log(10_000) * i / half))];
    }
}
