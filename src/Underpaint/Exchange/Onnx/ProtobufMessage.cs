using System.Runtime.InteropServices;
using System.Text;

namespace Underpaint.Exchange.Onnx;

/// <summary>
/// One message in the encoding of Protocol Buffers, as far as ONNX files need it. Numbers of tensors are not copied: they are written from where
/// they lie, once the lengths of all messages around them are known.
/// </summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0, Bytes = 2, Fixed32 = 5;
    private const int VarintBits = 7;

    private readonly List<Action<Stream>> _parts = [];

    /// <summary>How many bytes it takes.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a whole number, at least 0.</summary>
    public void Add(int field, long value)
    {
        AddTag(field, Varint);
        AddVarint(value);
    }

    /// <summary>Adds a number.</summary>
    public void Add(int field, float value)
    {
        AddTag(field, Fixed32);
        AddRaw(BitConverter.GetBytes(value));
    }

    /// <summary>Adds a text.</summary>
    public void Add(int field, string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        AddPrefix(field, text.Length);
        AddRaw(text);
    }

    /// <summary>Adds whole numbers in the packed form.</summary>
    public void Add(int field, IEnumerable<long> values)
    {
        var packed = new ProtobufMessage();
        foreach (long value in values)
            packed.AddVarint(value);
        Add(field, packed);
    }

    /// <summary>Adds a message; it must be complete.</summary>
    public void Add(int field, ProtobufMessage message)
    {
        AddPrefix(field, message.Length);
        _parts.Add(message.WriteTo);
        Length += message.Length;
    }

    /// <summary>Adds numbers as their bytes.</summary>
    public void AddBytes<T>(int field, ReadOnlyMemory<T> numbers) where T : unmanaged
    {
        long length = (long)numbers.Length * Marshal.SizeOf<T>();
        AddPrefix(field, length);
        _parts.Add(stream => stream.Write(MemoryMarshal.AsBytes(numbers.Span)));
        Length += length;
    }

    /// <summary>Writes it.</summary>
    public void WriteTo(Stream stream) => _parts.ForEach(part => part(stream));

    private void AddPrefix(int field, long length)
    {
        AddTag(field, Bytes);
        AddVarint(length);
    }

    private void AddTag(int field, int wireType) => AddVarint(field << 3 | wireType);

    // Negative numbers take ten bytes, as their 64 bits.
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
