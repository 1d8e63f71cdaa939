namespace Underpaint.Networks;

/// <summary>A network that can be trained on several threads at once: each has its own, and all use the weights of one.</summary>
internal interface IReplicable<TNetwork> : IDisposable
{
    /// <summary>All weights.</summary>
    WeightSet Weights { get; }

    /// <summary>The same network, which uses this one's weights; to be disposed before this one.</summary>
    TNetwork Replicate();
}
