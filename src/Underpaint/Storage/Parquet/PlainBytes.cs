using System.Buffers.Binary;

namespace Underpaint.Storage.Parquet;

/// <summary>
/// The values of a page of plain bytes. Of a page that is not compressed only the values' places are kept: they are read from the
/// file one by one.
/// </summary>
internal sealed class PlainBytes
{
    private readonly byte[]? _unpacked;
    private readonly long _position;

    // Before each value stands its length.
    private readonly int[] _ends;

    /// <summary>Goes through a page.</summary>
    /// <param name="body">The page.</param>
    /// <param name="count">How many values are there.</param>
    /// <param name="page">What its header says.</param>
    /// <exception cref="InvalidDataException">It is cut short.</exception>
    public PlainBytes(PageBody body, int count, ParquetPage page)
    {
        ReadOnlySpan<byte> values = body.Values;
        if (count > values.Length / sizeof(int))
            throw CutShort();
        _ends = new int[count];
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            int left = values.Length - at - sizeof(int), length = left < 0 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(values[at..]);
            if (length < 0 || length > left)
                throw CutShort();
            _ends[i] = at += sizeof(int) + length;
        }
        _position = page.Position + body.ValuesStart;
        if (page.IsPacked)
            (_unpacked, _position) = (body.Bytes, body.ValuesStart);
    }

    /// <summary>How many there are.</summary>
    public int Count => _ends.Length;

    /// <summary>How much memory they take.</summary>
    public long Bytes => (_unpacked?.Length ?? 0) + (long)sizeof(int) * _ends.Length;

    /// <summary>How long a value is.</summary>
    public int LengthOf(int value) => _ends[value] - StartOf(value);

    /// <summary>Copies a value.</summary>
    /// <param name="value">Which one.</param>
    /// <param name="path">The file that it is in.</param>
    public byte[] Read(int value, string path)
    {
        long start = _position + StartOf(value);
        var bytes = new byte[LengthOf(value)];
        if (_unpacked is not null)
        {
            _unpacked.AsSpan((int)start, bytes.Length).CopyTo(bytes);
            return bytes;
        }
        using var file = new RandomFile(path, ParquetFile.Remedy);
        file.ReadAt(start, bytes);
        return bytes;
    }

    private int StartOf(int value) => (value == 0 ? 0 : _ends[value - 1]) + sizeof(int);

    private static InvalidDataException CutShort() => new("a column is cut short");
}
