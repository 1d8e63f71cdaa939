namespace Underpaint.Exchange;

/// <summary>A latent model file that an import made.</summary>
/// <param name="Path">The file.</param>
/// <param name="CodeSize">Numbers in a code.</param>
/// <param name="Layers">Layers of its network.</param>
/// <param name="Width">Numbers in each hidden layer.</param>
/// <param name="ImagesSeen">How many images' codes it was trained on; 0 where that is not known.</param>
/// <param name="Weights">How many numbers the network has.</param>
/// <param name="Tensors">How many tensors became weights.</param>
public sealed record ImportedLatent(string Path, int CodeSize, int Layers, int Width, long ImagesSeen, long Weights, int Tensors);
