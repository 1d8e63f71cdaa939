using System.Runtime.InteropServices;
using System.Text;

namespace Underpaint.Storage;

/// <summary>
/// One message in the encoding of Protocol Buffers, as far as the formats need it that are written here: numbered fields, one after the other. Numbers
/// of tensors are not copied: they are written from where they lie, once the lengths of all messages around them are known.
/// </summary>
internal sealed class ProtobufMessage
{
    // How a field's value is told from the next: https://protobuf.dev/programming-guides/encoding/
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;
    private const int VarintBits = 7;

    private readonly List<Action<Stream>> _parts = [];

    /// <summary>How many bytes it takes.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a whole number.</summary>
    public ProtobufMessage Add(int field, long value)
    {
        AddTag(field, Varint);
        AddVarint(value);
        return this;
    }

    /// <summary>Adds a number in single precision.</summary>
    public ProtobufMessage Add(int field, float value)
    {
        AddTag(field, Fixed32);
        AddRaw(BitConverter.GetBytes(value));
        return this;
    }

    /// <summary>Adds a number in double precision.</summary>
    public ProtobufMessage Add(int field, double value)
    {
        AddTag(field, Fixed64);
        AddRaw(BitConverter.GetBytes(value));
        return this;
    }

    /// <summary>Adds a text.</summary>
    public ProtobufMessage Add(int field, string value) => AddBytes<byte>(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds whole numbers in the packed form.</summary>
    public ProtobufMessage Add(int field, IEnumerable<long> values)
    {
        var packed = new ProtobufMessage();
        foreach (long value in values)
            packed.AddVarint(value);
        return Add(field, packed);
    }

    /// <summary>Adds a message; it must be complete.</summary>
    public ProtobufMessage Add(int field, ProtobufMessage message)
    {
        AddPrefix(field, message.Length);
        _parts.Add(message.WriteTo);
        Length += message.Length;
        return this;
    }

    /// <summary>Adds numbers as their bytes. They must not change before the message is written.</summary>
    public ProtobufMessage AddBytes<T>(int field, ReadOnlyMemory<T> numbers) where T : unmanaged
    {
        long length = (long)numbers.Length * Marshal.SizeOf<T>();
        AddPrefix(field, length);
        _parts.Add(stream => stream.Write(MemoryMarshal.AsBytes(numbers.Span)));
        Length += length;
        return this;
    }

    /// <summary>Writes it.</summary>
    public void WriteTo(Stream stream) => _parts.ForEach(part => part(stream));

    /// <summary>A small message in memory.</summary>
    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        WriteTo(stream);
        return stream.ToArray();
    }

    private void AddPrefix(int field, long length)
    {
        AddTag(field, Bytes);
        AddVarint(length);
    }

    private void AddTag(int field, int wireType) => AddVarint(field << 3 | wireType);

    // Seven bits a byte, the lowest first; the highest bit says that more follow. Negative numbers take ten bytes, as their 64 bits.
    private void AddVarint(long value)
    {
        var bytes = new List<byte>();
        for (ulong left = (ulong)value; ; left >>= VarintBits)
        {
            bool isLast = left < 1 << VarintBits;
            bytes.Add((byte)(isLast ? left : left & 0x7F | 0x80));
            if (isLast)
                break;
        }
        AddRaw([.. bytes]);
    }

    private void AddRaw(byte[] bytes)
    {
        _parts.Add(stream => stream.Write(bytes));
        Length += bytes.Length;
    }
}
