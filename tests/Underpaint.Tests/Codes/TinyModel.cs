using Underpaint.Machine;
using Underpaint.Networks;

namespace Underpaint.Tests.Codes;

/// <summary>Models that were never trained: their codes mean nothing, but pictures depend on them.</summary>
internal static class TinyModel
{
    public static DiffusionAutoencoder Create(int seed = 1, long imagesSeen = 96)
    {
        TorchLibrary.Load();
        var network = new AutoencoderNetwork(Tiny.Model, 16, 3);
        network.Weights.Initialize(seed);
        // As published, a new network ends in zeros: every picture would be the same.
        var random = new RandomSource(seed, "no zeros");
        network.Weights.Load(Array.ConvertAll(network.Weights.ToArray(), weight => weight == 0 ? (float)random.NextGaussian() * 0.1f : weight));
        return new(network, Tiny.Recipe, imagesSeen, threads: 1);
    }
}
