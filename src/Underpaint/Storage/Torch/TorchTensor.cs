namespace Underpaint.Storage.Torch;

/// <summary>A tensor of a PyTorch file: a view of a storage, which has been checked to hold all its elements.</summary>
/// <param name="Type">The kind of its elements.</param>
/// <param name="Shape">Its dimensions, outermost first; none for a single number; 0 is possible.</param>
/// <param name="Strides">For each dimension, how many elements of the storage lie from one index to the next; 0 repeats.</param>
/// <param name="Offset">Where in the storage its first element is, in elements.</param>
/// <param name="Storage">The storage.</param>
public sealed record TorchTensor(
    DType Type, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides, long Offset, TorchStorage Storage) : PickleValue
{
    /// <summary>How many bytes its elements take when they lie one after the other.</summary>
    public long Length { get; } = Type.TryByteLength(Shape, out long length)
        ? length
        : throw new ArgumentException("The shape is impossible.", nameof(Shape));

    /// <summary>How many elements it has.</summary>
    public long Count => Length / Type.Size();

    // Whether the elements lie in the storage as they are read: row-major, without gaps.
    internal bool IsContiguous
    {
        get
        {
            if (Count == 0)
                return true;
            long expected = 1;
            for (int i = Shape.Count - 1; i >= 0; expected *= Shape[i--])
            {
                if (Shape[i] != 1 && Strides[i] != expected)
                    return false;
            }
            return true;
        }
    }

    // How many elements of the storage lie from the first element to the last, both included.
    internal long Extent => Count == 0 ? 0 : 1 + Shape.Zip(Strides, (size, stride) => (size - 1) * stride).Sum();
}
