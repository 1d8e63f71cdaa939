namespace Underpaint.Storage;

/// <summary>What the header of a safetensors file says about one tensor; it has been checked.</summary>
/// <param name="Name">Its name: any text, never a path.</param>
/// <param name="Type">The kind of its elements.</param>
/// <param name="Shape">Its dimensions, outermost first; none for a single number; 0 is possible.</param>
/// <param name="Offset">Where its bytes start, counted from the end of the header.</param>
/// <param name="Length">How many bytes it has: the product of the shape times the element's size.</param>
public sealed record TensorEntry(string Name, DType Type, IReadOnlyList<long> Shape, long Offset, long Length)
{
    /// <summary>How many elements it has.</summary>
    public long Count => Length / Type.Size();
}
