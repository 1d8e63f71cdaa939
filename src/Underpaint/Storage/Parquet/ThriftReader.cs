using System.Text;

namespace Underpaint.Storage.Parquet;

/// <summary>
/// Reads Thrift's compact protocol, in which parquet's headers are written, into plain values. Everything that is declared must be
/// there, in at most <see cref="MaxDepth"/> levels and <see cref="MaxValues"/> values.
/// </summary>
/// <param name="bytes">The bytes; a structure may end before they do.</param>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxDepth = 24;
    private const int MaxValues = 2_000_000;
    private const int MaxVarintBits = 63;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _values;

    /// <summary>How many bytes were read.</summary>
    public int Position { get; private set; }

    /// <summary>Reads a structure.</summary>
    /// <exception cref="InvalidDataException">It is damaged or beyond the limits.</exception>
    public ThriftStruct ReadStruct(int depth = 0)
    {
        if (depth > MaxDepth)
            throw new InvalidDataException("its header is nested too deeply");
        var fields = new Dictionary<int, object>();
        int id = 0;
        for (byte head = ReadByte(); head != 0; head = ReadByte())
        {
            int step = head >> 4;
            id = step == 0 ? (int)ReadZigzag() : id + step;
            if (!fields.TryAdd(id, ReadValue(head & 15, depth, isInList: false)))
                throw new InvalidDataException("its header has a field twice");
        }
        return new(fields);
    }

    private object ReadValue(int kind, int depth, bool isInList)
    {
        if (++_values > MaxValues)
            throw new InvalidDataException("its header has too many values");
        return kind switch
        {
            // Of a field, the kind itself is the value.
            1 or 2 => isInList ? ReadByte() == 1 ? 1L : 0L : kind == 1 ? 1L : 0L,
            3 => (long)(sbyte)ReadByte(),
            4 or 5 or 6 => ReadZigzag(),
            7 => BitConverter.ToDouble(Take(sizeof(double))),
            8 => Encoding.UTF8.GetString(Take(ReadLength())),
            9 or 10 => ReadList(depth),
            12 => ReadStruct(depth + 1),
            _ => throw new InvalidDataException("its header has a field of an unknown kind"),
        };
    }

    private List<object> ReadList(int depth)
    {
        if (depth > MaxDepth)
            throw new InvalidDataException("its header is nested too deeply");
        byte head = ReadByte();
        int count = head >> 4 == 15 ? ReadLength() : head >> 4;
        var list = new List<object>();
        for (int i = 0; i < count; i++)
            list.Add(ReadValue(head & 15, depth + 1, isInList: true));
        return list;
    }

    // Every element takes a byte at least, so no length can be larger than what is left.
    private int ReadLength()
    {
        ulong length = ReadVarint();
        return length <= (ulong)(_bytes.Length - Position) ? (int)length : throw CutShort();
    }

    private long ReadZigzag()
    {
        ulong value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift <= MaxVarintBits; shift += 7)
        {
            byte next = ReadByte();
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }
        throw new InvalidDataException("its header has a number without an end");
    }

    private byte ReadByte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - Position)
            throw CutShort();
        Position += count;
        return _bytes.Slice(Position - count, count);
    }

    private static InvalidDataException CutShort() => new("its header is cut short");
}
