using Underpaint.Kernels;
using Underpaint.Machine;
using Underpaint.Networks;

namespace Underpaint.Training;

/// <summary>A network once for each worker: all share its weights, and each has gradients of its own.</summary>
internal sealed class Replicas<TNetwork> : IDisposable where TNetwork : IReplicable<TNetwork>
{
    private readonly TNetwork[] _networks;
    private readonly Workers _workers;

    /// <summary>Makes the others.</summary>
    /// <param name="network">The first; stays the caller's.</param>
    /// <param name="workers">Stay the caller's.</param>
    public Replicas(TNetwork network, Workers workers)
    {
        _workers = workers;
        _networks = [network, .. Enumerable.Range(1, workers.Count - 1).Select(_ => network.Replicate())];
        foreach (TNetwork replica in _networks)
            replica.Weights.Train();
    }

    /// <summary>Divides a batch among the replicas; their gradients stay as they are.</summary>
    /// <param name="count">Images in the batch.</param>
    /// <param name="work">Is given a replica, the first image and how many.</param>
    public void Run(int count, Action<TNetwork, int, int> work) =>
        _workers.Run(count, (worker, first, length) => work(_networks[worker], first, length));

    /// <summary>Divides a batch among the replicas, and adds up their gradients in the first.</summary>
    /// <param name="count">Images in the batch.</param>
    /// <param name="learn">Is given a replica, the first image and how many; adds to the replica's gradients.</param>
    public void Learn(int count, Action<TNetwork, int, int> learn)
    {
        Run(count, learn);
        if (OwnKernels.Fit(_networks[0].Weights.Values))
            _workers.Run((int)_networks[0].Weights.Count, (_, first, length) => SumGradients(first, length));
        else if (_networks[0].Weights.RoundedGradients is { } rounded)
        {
            _networks[0].Weights.Gradients.AddInPlace(rounded);
            rounded.zero_();
        }
    }

    // In a fixed order for each weight, whoever adds it up: the same bits every time.
    private void SumGradients(int first, int length)
    {
        Span<float> sum = _networks[0].Weights.Gradients.Floats().Slice(first, length);
        foreach (WeightSet weights in _networks.Select(network => network.Weights))
        {
            if (weights != _networks[0].Weights)
                GradientSum.Drain(weights.Gradients.Memory<Float32Element>().Slice(first, length), sum);
            if (weights.RoundedGradients is { } rounded)
                GradientSum.Drain(rounded.Memory<BFloat16Element>().Slice(first, length), sum);
        }
    }

    /// <summary>Frees the others.</summary>
    public void Dispose()
    {
        foreach (TNetwork other in _networks.Skip(1))
            other.Dispose();
    }
}
