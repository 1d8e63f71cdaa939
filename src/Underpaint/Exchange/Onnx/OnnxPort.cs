using Underpaint.Storage;

namespace Underpaint.Exchange.Onnx;

/// <summary>An input or output of a graph: float32, of a batch of any length.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sizes">Its sizes after the first, which is the batch's.</param>
internal sealed record OnnxPort(string Name, IReadOnlyList<long> Sizes)
{
    private const int FloatType = 1;

    /// <summary>What the first size is called in the file.</summary>
    public const string Batch = "batch";

    /// <summary>ValueInfoProto.</summary>
    public ProtobufMessage ToMessage()
    {
        ProtobufMessage shape = new(), tensor = new(), type = new(), port = new(), batch = new();
        batch.Add(2, Batch);
        shape.Add(1, batch);
        foreach (long size in Sizes)
        {
            var dimension = new ProtobufMessage();
            dimension.Add(1, size);
            shape.Add(1, dimension);
        }
        tensor.Add(1, FloatType);
        tensor.Add(2, shape);
        type.Add(1, tensor);
        port.Add(1, Name);
        port.Add(2, type);
        return port;
    }
}
