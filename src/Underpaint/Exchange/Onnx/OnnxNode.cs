using Underpaint.Storage;

namespace Underpaint.Exchange.Onnx;

/// <summary>One operation of a graph.</summary>
/// <param name="Operation">ONNX's name of it.</param>
/// <param name="Inputs">The names of its inputs; "" for one that is left out.</param>
/// <param name="Outputs">The names of its outputs.</param>
/// <param name="Attributes">Its settings.</param>
internal sealed record OnnxNode(string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxAttribute> Attributes)
{
    /// <summary>NodeProto.</summary>
    public ProtobufMessage ToMessage()
    {
        var message = new ProtobufMessage();
        foreach (string input in Inputs)
            message.Add(1, input);
        foreach (string output in Outputs)
            message.Add(2, output);
        message.Add(3, Outputs[0]);
        message.Add(4, Operation);
        foreach (OnnxAttribute attribute in Attributes)
            message.Add(5, attribute.ToMessage());
        return message;
    }
}
