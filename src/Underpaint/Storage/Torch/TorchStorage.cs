namespace Underpaint.Storage.Torch;

/// <summary>A run of elements in a PyTorch file, of which one or more tensors are views.</summary>
/// <param name="Key">Its name in the file. Never use it as a path.</param>
/// <param name="Type">The kind of its elements.</param>
/// <param name="Count">How many elements it has.</param>
/// <param name="Location">Where it was in memory when it was saved, such as <c>cpu</c> or <c>cuda:0</c>.</param>
public sealed record TorchStorage(string Key, DType Type, long Count, string Location) : PickleValue
{
    /// <summary>How many bytes it has.</summary>
    public long Length => Count * Type.Size();
}
