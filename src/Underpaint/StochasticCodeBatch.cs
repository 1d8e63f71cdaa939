using static TorchSharp.torch;

namespace Underpaint;

/// <summary>Stochastic codes: the noise x₁ from which decoding starts, (N, C, H, W) float32. Dispose it.</summary>
public sealed class StochasticCodeBatch : IDisposable
{
    /// <summary>Takes a tensor over.</summary>
    /// <param name="tensor">(N, C, H, W) float32; from now on this batch's to dispose.</param>
    public StochasticCodeBatch(Tensor tensor) => Tensor = tensor.DetachFromDisposeScope();

    /// <summary>The values, (N, C, H, W); belongs to the batch.</summary>
    public Tensor Tensor { get; }

    /// <summary>How many stochastic codes there are.</summary>
    public int Count => (int)Tensor.size(0);

    /// <summary>Frees the tensor.</summary>
    public void Dispose() => Tensor.Dispose();
}
