using Underpaint.Storage;

namespace Underpaint.Exchange.Onnx;

/// <summary>A constant of a graph: a weight, or numbers that an operation takes as an input.</summary>
internal sealed class OnnxTensor
{
    private const int FloatType = 1, IntegerType = 7;

    private readonly ProtobufMessage _message = new();

    /// <summary>Numbers, which are not copied.</summary>
    public OnnxTensor(string name, IReadOnlyList<long> shape, ReadOnlyMemory<float> values)
    {
        Describe(name, shape, FloatType);
        _message.AddBytes(9, values);
    }

    /// <summary>A list of whole numbers.</summary>
    public OnnxTensor(string name, long[] values)
    {
        Describe(name, [values.Length], IntegerType);
        _message.AddBytes<long>(9, values);
    }

    /// <summary>TensorProto.</summary>
    public ProtobufMessage ToMessage() => _message;

    private void Describe(string name, IReadOnlyList<long> shape, int type)
    {
        _message.Add(1, shape);
        _message.Add(2, type);
        _message.Add(8, name);
    }
}
