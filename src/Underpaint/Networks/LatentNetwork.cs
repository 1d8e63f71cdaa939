using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// The network of a latent DPM: it predicts the noise in noisy codes. Diff-AE's MLP with skip connections, where every layer but the first
/// sees the noisy code again, with the state names of the official code.
/// </summary>
public sealed class LatentNetwork : IReplicable<LatentNetwork>
{
    /// <summary>How many sinusoids tell the time.</summary>
    internal const int TimeChannels = 64;

    private readonly TimeEmbedding _time;
    private readonly LatentLayer[] _layers;
    private readonly Linear _last;

    /// <summary>Lays the network out; nothing is allocated until its <see cref="Weights"/> are.</summary>
    /// <param name="options">The sizes.</param>
    /// <param name="codeSize">Numbers in a code.</param>
    public LatentNetwork(LatentNetworkOptions options, int codeSize)
    {
        (Options, CodeSize) = (options, codeSize);
        int width = options.WidthFor(codeSize);
        WeightScope layers = Weights.Root["layers"];
        _time = new(Weights.Root["time_embed"], TimeChannels, codeSize);
        _layers = [.. Enumerable.Range(0, options.Layers - 1).Select(i => new LatentLayer(layers[i], i == 0 ? codeSize : width + codeSize, width, codeSize))];
        _last = new(layers[options.Layers - 1]["linear"], width + codeSize, codeSize);
    }

    /// <summary>The sizes.</summary>
    public LatentNetworkOptions Options { get; }

    /// <summary>Numbers in a code.</summary>
    public int CodeSize { get; }

    /// <summary>All weights.</summary>
    public WeightSet Weights { get; } = new();

    /// <summary>The noise in noisy codes.</summary>
    /// <param name="noisy">Standardised codes with noise, (N, code).</param>
    /// <param name="times">The time of each code's noise level, (N), 0 … 999.</param>
    /// <returns>(N, code); in the current dispose scope.</returns>
    public Tensor Predict(Tensor noisy, Tensor times)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        return Predict(Tape.None, noisy, times).MoveOut().Data;
    }

    /// <summary>The noise in noisy codes, remembered for a backward pass.</summary>
    internal Value Predict(Tape tape, Tensor noisy, Tensor times)
    {
        Value codes = Tape.Constant(noisy);
        Value time = tape.Apply(_ => nn.functional.silu(_time.Apply(times)));                // (N, code)
        Value h = _layers[0].Apply(tape, time, codes);                                       // (N, width)
        foreach (LatentLayer layer in _layers.Skip(1))
            h = layer.Apply(tape, time, h, codes);
        return tape.Apply(inputs => _last.Apply(cat(inputs, 1)), h, codes);
    }

    /// <summary>The same network, which uses this one's weights; to be disposed before this one.</summary>
    LatentNetwork IReplicable<LatentNetwork>.Replicate()
    {
        var replica = new LatentNetwork(Options, CodeSize);
        replica.Weights.Share(Weights);
        return replica;
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Weights.Dispose();
}
