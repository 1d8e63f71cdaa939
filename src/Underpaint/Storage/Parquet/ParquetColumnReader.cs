using System.Buffers.Binary;

namespace Underpaint.Storage.Parquet;

/// <summary>Reads one group's part of one column, page by page.</summary>
internal sealed class ParquetColumnReader
{
    private const int DataPage = 0, DictionaryPage = 2;
    private const int PlainEncoding = 0, OldDictionaryEncoding = 2, LevelEncoding = 3, DictionaryEncoding = 8;
    private const int MaxPageHeaderBytes = 1 << 18;
    private const int MaxPageBytes = 128 << 20;

    // Runs make a few bytes into many values; honest columns stay below these.
    private const long ValuesAlways = 1 << 20, ValuesPerByte = 16;
    private readonly RandomFile _file;
    private readonly ParquetColumn _column;
    private readonly long _start, _end, _values;

    /// <summary>Prepares to read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="chunk">What the footer says about this part.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="InvalidDataException">It is compressed, or lies where it cannot.</exception>
    public ParquetColumnReader(RandomFile file, ThriftStruct chunk, ParquetColumn column)
    {
        (_file, _column) = (file, column);
        if (chunk.Number(4) != 0)
            throw new InvalidDataException($"the column {Quotation.Of(column.Path)} is compressed");
        long data = chunk.Number(9), dictionary = chunk.Has(11) ? chunk.Number(11) : 0, length = chunk.Number(7);
        _start = dictionary > 0 ? Math.Min(data, dictionary) : data;
        if (_start < 4 || length < 0 || _start > file.Length || length > file.Length - _start)
            throw new InvalidDataException($"the column {Quotation.Of(column.Path)} lies outside the file");
        (_end, _values) = (_start + length, chunk.Number(5));
        if (_values < 0 || _values > Math.Max(ValuesAlways, ValuesPerByte * length))
            throw new InvalidDataException($"the column {Quotation.Of(column.Path)} declares {_values} values in {length} bytes");
    }

    /// <summary>Turns the bytes of a value into the value.</summary>
    public delegate T Decoder<out T>(ReadOnlySpan<byte> bytes);

    /// <summary>Reads a column that has one value in every row.</summary>
    /// <exception cref="InvalidDataException">It is not so, or damaged.</exception>
    public T[] Read<T>(int rows, Decoder<T> decode) => _column.MaxRepetition == 0
        ? ReadAll(rows, perRow: 1, decode)
        : throw new InvalidDataException($"the column {Quotation.Of(_column.Path)} has lists");

    /// <summary>Reads a column that has a list of one and the same length in every row.</summary>
    /// <returns>The lists one after the other.</returns>
    /// <exception cref="InvalidDataException">It is not so, or damaged.</exception>
    public T[] ReadLists<T>(int rows, int perRow, Decoder<T> decode) => _column.MaxRepetition == 1
        ? ReadAll(rows, perRow, decode)
        : throw new InvalidDataException($"the column {Quotation.Of(_column.Path)} has no lists");

    private T[] ReadAll<T>(int rows, int perRow, Decoder<T> decode)
    {
        if (_values != (long)rows * perRow)
            throw new InvalidDataException($"the column {Quotation.Of(_column.Path)} has {_values} values for {rows} rows of {perRow}");
        var values = new T[_values];
        T[]? dictionary = null;
        int read = 0;
        for (long position = _start; read < values.Length;)
        {
            var (header, body) = ReadPage(ref position);
            if (header.Number(1) == DictionaryPage && dictionary is null)
                dictionary = ReadDictionary(header.Struct(7), body, decode);
            else if (header.Number(1) == DataPage)
                read += ReadData(header.Struct(5), body, values.AsSpan(read), read, perRow, dictionary, decode);
            else
                throw new InvalidDataException($"the column {Quotation.Of(_column.Path)} has a page of a kind that is not read");
        }
        return values;
    }

    private (ThriftStruct Header, byte[] Body) ReadPage(ref long position)
    {
        var start = new byte[Math.Min(MaxPageHeaderBytes, _end - position)];
        _file.ReadAt(position, start);
        var reader = new ThriftReader(start);
        ThriftStruct header = reader.ReadStruct();
        position += reader.Position;
        long length = header.Number(3);
        if (length < 0 || length > _end - position || length > MaxPageBytes || header.Number(2) != length)
            throw new InvalidDataException($"the column {Quotation.Of(_column.Path)} has a page that is too large, reaches beyond it, or is compressed");
        var body = new byte[length];
        _file.ReadAt(position, body);
        position += length;
        return (header, body);
    }

    private T[] ReadDictionary<T>(ThriftStruct header, byte[] body, Decoder<T> decode)
    {
        long count = header.Number(1);
        if (count < 0 || count > body.Length || header.Number(2) is not (PlainEncoding or OldDictionaryEncoding))
            throw new InvalidDataException($"the column {Quotation.Of(_column.Path)} has an impossible dictionary");
        var dictionary = new T[count];
        ReadPlain(body, dictionary, decode);
        return dictionary;
    }

    // How many values the page has.
    private int ReadData<T>(
        ThriftStruct header, ReadOnlySpan<byte> body, Span<T> values, int before, int perRow, T[]? dictionary, Decoder<T> decode)
    {
        long declared = header.Number(1);
        if (declared <= 0 || declared > values.Length)
            throw new InvalidDataException($"the column {Quotation.Of(_column.Path)} has a page of {declared} values");
        values = values[..(int)declared];
        if (_column.MaxRepetition > 0)
            CheckLevels(ref body, values.Length, header.Number(4), _column.MaxRepetition, i => (before + i) % perRow == 0 ? 0 : 1);
        if (_column.MaxDefinition > 0)
            CheckLevels(ref body, values.Length, header.Number(3), _column.MaxDefinition, _ => _column.MaxDefinition);
        switch (header.Number(2))
        {
            case PlainEncoding:
                ReadPlain(body, values, decode);
                break;
            case DictionaryEncoding or OldDictionaryEncoding when dictionary is not null:
                ReadPlaces(body, values, dictionary);
                break;
            default:
                throw new InvalidDataException($"the column {Quotation.Of(_column.Path)} is encoded in a way that is not read");
        }
        return values.Length;
    }

    // Every row is complete and nothing is absent, so there is only one way in which levels can be.
    private void CheckLevels(ref ReadOnlySpan<byte> body, int count, long encoding, int most, Func<int, int> expected)
    {
        if (encoding != LevelEncoding || body.Length < sizeof(int))
            throw new InvalidDataException($"the column {Quotation.Of(_column.Path)} has levels that are not read");
        int length = BinaryPrimitives.ReadInt32LittleEndian(body);
        body = body[sizeof(int)..];
        if (length < 0 || length > body.Length)
            throw new InvalidDataException($"the column {Quotation.Of(_column.Path)} is cut short");
        var levels = new int[count];
        LevelDecoding.Decode(body[..length], BitsOf(most), levels);
        for (int i = 0; i < count; i++)
        {
            if (levels[i] != expected(i))
                throw new InvalidDataException($"the column {Quotation.Of(_column.Path)} has lists of different lengths, or absent values");
        }
        body = body[length..];
    }

    private static int BitsOf(int number) => 32 - int.LeadingZeroCount(number);

    private static void ReadPlaces<T>(ReadOnlySpan<byte> body, Span<T> values, T[] dictionary)
    {
        if (body.IsEmpty)
            throw new InvalidDataException("a column is cut short");
        var places = new int[values.Length];
        LevelDecoding.Decode(body[1..], body[0], places);
        for (int i = 0; i < places.Length; i++)
            values[i] = (uint)places[i] < (uint)dictionary.Length ? dictionary[places[i]] : throw new InvalidDataException("a column has a value outside its dictionary");
    }

    private void ReadPlain<T>(ReadOnlySpan<byte> body, Span<T> values, Decoder<T> decode)
    {
        bool hasLengths = _column.Type == (long)ParquetType.Bytes;
        for (int i = 0; i < values.Length; i++)
        {
            int length = sizeof(int);
            if (hasLengths)
            {
                length = body.Length >= sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(body) : -1;
                body = length >= 0 ? body[sizeof(int)..] : body;
            }
            if (length < 0 || length > body.Length)
                throw new InvalidDataException($"the column {Quotation.Of(_column.Path)} is cut short");
            values[i] = decode(body[..length]);
            body = body[length..];
        }
    }
}
