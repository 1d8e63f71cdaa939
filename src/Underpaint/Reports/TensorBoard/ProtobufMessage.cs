using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Underpaint.Reports.TensorBoard;

/// <summary>Writes one message of Google's protocol buffers: numbered fields, one after the other.</summary>
internal sealed class ProtobufMessage
{
    // How a field's value is told from the next: https://protobuf.dev/programming-guides/encoding/
    private const int Varint = 0, Fixed64 = 1, Length = 2, Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public ProtobufMessage Add(int field, long value)
    {
        Key(field, Varint);
        Write((ulong)value);
        return this;
    }

    public ProtobufMessage Add(int field, double value)
    {
        Key(field, Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), value);
        _bytes.Advance(sizeof(double));
        return this;
    }

    public ProtobufMessage Add(int field, float value)
    {
        Key(field, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
        return this;
    }

    public ProtobufMessage Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    public ProtobufMessage Add(int field, ProtobufMessage message) => Add(field, message.Bytes);

    public ProtobufMessage Add(int field, ReadOnlySpan<byte> bytes)
    {
        Key(field, Length);
        Write((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    private void Key(int field, int kind) => Write((ulong)(field << 3 | kind));

    // Seven bits a byte, the lowest first; the highest bit says that more follow.
    private void Write(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Write((byte)(value | 0x80));
        Write((byte)value);
    }

    private void Write(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
