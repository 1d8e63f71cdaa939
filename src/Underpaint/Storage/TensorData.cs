using System.Runtime.InteropServices;

namespace Underpaint.Storage;

/// <summary>A tensor to be written to a safetensors file.</summary>
/// <param name="Name">Its name; unique in its file.</param>
/// <param name="Type">The kind of its elements.</param>
/// <param name="Shape">Its dimensions, outermost first; none for a single number.</param>
/// <param name="Write">Writes its elements, row-major, little-endian, exactly as many bytes as the shape asks for.</param>
public sealed record TensorData(string Name, DType Type, IReadOnlyList<long> Shape, Action<Stream> Write)
{
    /// <summary>A tensor whose bytes are in memory.</summary>
    /// <param name="name">Its name; unique in its file.</param>
    /// <param name="type">The kind of its elements.</param>
    /// <param name="shape">Its dimensions, outermost first; none for a single number.</param>
    /// <param name="bytes">Its elements, row-major, little-endian.</param>
    public TensorData(string name, DType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> bytes)
        : this(name, type, shape, stream => stream.Write(bytes.Span))
    {
    }

    /// <summary>A tensor of single-precision floats that are in memory.</summary>
    /// <param name="name">Its name; unique in its file.</param>
    /// <param name="shape">Its dimensions, outermost first; none for a single number.</param>
    /// <param name="values">Its elements, row-major.</param>
    public static TensorData Floats(string name, IReadOnlyList<long> shape, ReadOnlyMemory<float> values) =>
        new(name, DType.F32, shape, stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));
}
