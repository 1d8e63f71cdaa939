using Underpaint.Storage;

namespace Underpaint.Exchange.Onnx;

/// <summary>A setting of a node. One of the kinds of value is given.</summary>
internal sealed record OnnxAttribute
{
    private const int IntegerKind = 2, TextKind = 3, FloatKind = 1, IntegersKind = 7;

    private readonly string _name;
    private readonly Action<ProtobufMessage> _addValue;

    private OnnxAttribute(string name, Action<ProtobufMessage> addValue) => (_name, _addValue) = (name, addValue);

    public static implicit operator OnnxAttribute((string Name, int Value) setting) => Of(setting.Name, IntegerKind, message => message.Add(3, setting.Value));

    public static implicit operator OnnxAttribute((string Name, float Value) setting) => Of(setting.Name, FloatKind, message => message.Add(2, setting.Value));

    public static implicit operator OnnxAttribute((string Name, string Value) setting) => Of(setting.Name, TextKind, message => message.Add(4, setting.Value));

    // The lists of attributes are not packed: they are older than that form.
    public static implicit operator OnnxAttribute((string Name, int[] Values) setting) =>
        Of(setting.Name, IntegersKind, message => Array.ForEach(setting.Values, value => message.Add(8, value)));

    /// <summary>AttributeProto.</summary>
    public ProtobufMessage ToMessage()
    {
        var message = new ProtobufMessage();
        message.Add(1, _name);
        _addValue(message);
        return message;
    }

    private static OnnxAttribute Of(string name, int kind, Action<ProtobufMessage> addValue) => new(name, message =>
    {
        addValue(message);
        message.Add(20, kind);
    });
}
