using static TorchSharp.torch;

namespace Underpaint;

/// <summary>Codes: one small vector for each image, (N, code) float32. Dispose it.</summary>
public sealed class CodeBatch : IDisposable
{
    /// <summary>Takes a tensor over.</summary>
    /// <param name="tensor">(N, code) float32; from now on this batch's to dispose.</param>
    public CodeBatch(Tensor tensor) => Tensor = tensor.DetachFromDisposeScope();

    /// <summary>The values, (N, code); belongs to the batch.</summary>
    public Tensor Tensor { get; }

    /// <summary>How many codes there are.</summary>
    public int Count => (int)Tensor.size(0);

    /// <summary>Frees the tensor.</summary>
    public void Dispose() => Tensor.Dispose();
}
