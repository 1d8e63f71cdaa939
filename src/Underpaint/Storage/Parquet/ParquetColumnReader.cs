using System.Buffers.Binary;

namespace Underpaint.Storage.Parquet;

/// <summary>Reads all of one group's part of one column, page by page.</summary>
/// <param name="file">The file.</param>
/// <param name="chunk">Where the part lies.</param>
internal sealed class ParquetColumnReader(RandomFile file, ParquetChunk chunk)
{
    private readonly ParquetColumn _column = chunk.Column;

    /// <summary>Turns the bytes of a value into the value.</summary>
    public delegate T Decoder<out T>(ReadOnlySpan<byte> bytes);

    /// <summary>Reads a column that has one value in every row.</summary>
    /// <exception cref="InvalidDataException">It is not so, or damaged.</exception>
    public T[] Read<T>(int rows, Decoder<T> decode) => _column.MaxRepetition == 0
        ? ReadAll(rows, perRow: 1, new Values<T>(decode, default, MayBeAbsent: false))
        : throw chunk.Bad("has lists");

    /// <summary>Reads a column that has a value in some rows.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="decode">Makes the values.</param>
    /// <param name="absent">What stands for a value that is not there.</param>
    /// <exception cref="InvalidDataException">It has lists, or is damaged.</exception>
    public T[] ReadOptional<T>(int rows, Decoder<T> decode, T absent) => _column.MaxRepetition == 0
        ? ReadAll(rows, perRow: 1, new Values<T>(decode, absent, MayBeAbsent: true))
        : throw chunk.Bad("has lists");

    /// <summary>Reads a column that has a list of one and the same length in every row.</summary>
    /// <returns>The lists one after the other.</returns>
    /// <exception cref="InvalidDataException">It is not so, or damaged.</exception>
    public T[] ReadLists<T>(int rows, int perRow, Decoder<T> decode) => _column.MaxRepetition == 1
        ? ReadAll(rows, perRow, new Values<T>(decode, default, MayBeAbsent: false))
        : throw chunk.Bad("has no lists");

    private T[] ReadAll<T>(int rows, int perRow, Values<T> kind)
    {
        if (chunk.Values != (long)rows * perRow)
            throw chunk.Bad($"has {chunk.Values} values for {rows} rows of {perRow}");
        var values = new T[chunk.Values];
        T[]? dictionary = null;
        int read = 0;
        foreach (ParquetPage page in chunk.Pages(file))
        {
            PageBody body = PageBody.Read(file, page, chunk);
            if (page.IsDictionary)
                dictionary = ReadDictionary(page, body, kind.Decode);
            else
            {
                CheckRepetition(body.Repetition, read, perRow);
                ReadData(page, body, values.AsSpan(read, page.Values), dictionary, kind);
                read += page.Values;
            }
        }
        return values;
    }

    private T[] ReadDictionary<T>(ParquetPage page, PageBody body, Decoder<T> decode)
    {
        // An empty text takes four bytes, too.
        if (page.Values > body.Bytes.Length / sizeof(int) || page.Encoding is not (ParquetPage.Plain or ParquetPage.OldDictionary))
            throw chunk.Bad("has an impossible dictionary");
        var dictionary = new T[page.Values];
        ReadPlain(body.Values, dictionary, decode);
        return dictionary;
    }

    // Every list has the same length, so there is only one way in which these levels can be.
    private void CheckRepetition(int[] levels, int before, int perRow)
    {
        for (int i = 0; i < levels.Length; i++)
        {
            if (levels[i] != ((before + i) % perRow == 0 ? 0 : 1))
                throw chunk.Bad("has lists of different lengths");
        }
    }

    private void ReadData<T>(ParquetPage page, PageBody body, Span<T> values, T[]? dictionary, Values<T> kind)
    {
        int present = body.Definition.Length == 0 ? values.Length : body.Definition.Count(level => level == _column.MaxDefinition);
        if (present < values.Length && !kind.MayBeAbsent)
            throw chunk.Bad("has absent values");
        Span<T> found = present == values.Length ? values : new T[present];
        if (!page.HasPlaces)
            ReadPlain(body.Values, found, kind.Decode);
        else if (dictionary is not null)
            ReadPlaces(body.Values, found, dictionary);
        else
            throw chunk.Bad("lacks its dictionary");
        if (present < values.Length)
            Spread(found, body.Definition, values, kind.Absent!);
    }

    private void Spread<T>(ReadOnlySpan<T> found, int[] definition, Span<T> values, T absent)
    {
        int next = 0;
        for (int i = 0; i < values.Length; i++)
            values[i] = definition[i] == _column.MaxDefinition ? found[next++] : absent;
    }

    private static void ReadPlaces<T>(ReadOnlySpan<byte> body, Span<T> values, T[] dictionary)
    {
        int[] places = LevelDecoding.DecodePlaces(body, values.Length, dictionary.Length);
        for (int i = 0; i < places.Length; i++)
            values[i] = dictionary[places[i]];
    }

    private void ReadPlain<T>(ReadOnlySpan<byte> body, Span<T> values, Decoder<T> decode)
    {
        bool hasLengths = _column.Type == (long)ParquetType.Bytes;
        for (int i = 0; i < values.Length; i++)
        {
            int length = _column.Type == (long)ParquetType.Int64 ? sizeof(long) : sizeof(int);
            if (hasLengths)
            {
                length = body.Length >= sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(body) : -1;
                body = length >= 0 ? body[sizeof(int)..] : body;
            }
            if (length < 0 || length > body.Length)
                throw chunk.Bad("is cut short");
            values[i] = decode(body[..length]);
            body = body[length..];
        }
    }

    private sealed record Values<T>(Decoder<T> Decode, T? Absent, bool MayBeAbsent);
}
