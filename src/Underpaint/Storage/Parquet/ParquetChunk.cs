namespace Underpaint.Storage.Parquet;

/// <summary>One group's part of one column: where its pages lie, and how they are packed.</summary>
internal sealed class ParquetChunk
{
    // Runs make a few bytes into many values; honest columns stay below these.
    private const long ValuesAlways = 1 << 20, ValuesPerByte = 16;

    // A page is unpacked as a whole.
    private const int MostPageBytes = 128 << 20;

    // Headers are short, but may hold the smallest and the largest value.
    private const int FirstHeaderBytes = 1 << 9, MostHeaderBytes = 1 << 18, HeaderGrowth = 1 << 9;
    private const int DataPage = 0, DictionaryPage = 2, SecondDataPage = 3;

    private readonly long _start, _end, _unpackedBytes;

    /// <summary>Checks what the footer says.</summary>
    /// <param name="chunk">What it says.</param>
    /// <param name="column">The column.</param>
    /// <param name="fileBytes">The file's length.</param>
    /// <exception cref="InvalidDataException">It lies where it cannot, or is compressed in a way that is not read.</exception>
    public ParquetChunk(ThriftStruct chunk, ParquetColumn column, long fileBytes)
    {
        Column = column;
        Codec = (ParquetCodec)chunk.Number(4);
        if (!PageCompression.Reads(Codec))
            throw Bad($"is compressed by {Codec}, which is not read");
        long data = chunk.Number(9), dictionary = chunk.Has(11) ? chunk.Number(11) : 0, length = chunk.Number(7);
        _start = dictionary > 0 ? Math.Min(data, dictionary) : data;
        if (_start < 4 || length < 0 || _start > fileBytes || length > fileBytes - _start)
            throw Bad("lies outside the file");
        long values = chunk.Number(5);
        if (values < 0 || values > Math.Max(ValuesAlways, ValuesPerByte * length))
            throw Bad($"declares {values} values in {length} bytes");
        (_end, _unpackedBytes, Values) = (_start + length, chunk.Number(6), (int)Math.Min(values, int.MaxValue));
    }

    /// <summary>The column.</summary>
    public ParquetColumn Column { get; }

    /// <summary>How its pages are compressed.</summary>
    public ParquetCodec Codec { get; }

    /// <summary>How many values it has, absent ones among them.</summary>
    public int Values { get; }

    /// <summary>Goes through the headers of its pages; a dictionary comes first, if there is one.</summary>
    /// <exception cref="InvalidDataException">One is damaged, or they hold other numbers of values or bytes than declared.</exception>
    public IEnumerable<ParquetPage> Pages(RandomFile file)
    {
        long position = _start, unpacked = 0;
        for (int values = 0; values < Values;)
        {
            ParquetPage page = ReadPage(file, position);
            if ((unpacked += page.Bytes) > _unpackedBytes)
                throw Bad("has pages that unpack to more than it declares");
            if (page.IsDictionary ? position > _start : page.Values <= 0 || page.Values > Values - values)
                throw Bad(page.IsDictionary ? "has a dictionary in its middle" : $"has a page of {page.Values} values");
            values += page.IsDictionary ? 0 : page.Values;
            position = page.Position + page.PackedBytes;
            yield return page;
        }
    }

    /// <summary>A failure of this column.</summary>
    public InvalidDataException Bad(string problem) => new($"the column {Quotation.Of(Column.Path)} {problem}");

    private ParquetPage ReadPage(RandomFile file, long position)
    {
        (ThriftStruct header, int headerBytes) = ReadHeader(file, position);
        long body = position + headerBytes, bytes = header.Number(2), packed = header.Number(3);
        if (packed < 0 || packed > _end - body || packed > MostPageBytes)
            throw Bad("has a page that reaches beyond it, or is too long");
        if (bytes < 0 || bytes > MostPageBytes)
            throw Bad($"has a page of {bytes:N0} bytes; the limit is {MostPageBytes:N0}");
        ParquetPage page = header.Number(1) switch
        {
            DataPage => First(header.Struct(5), new(false, body, (int)packed, (int)bytes, 0, 0) { IsPacked = Codec != ParquetCodec.None }),
            DictionaryPage => First(header.Struct(7), new(true, body, (int)packed, (int)bytes, 0, 0) { IsPacked = Codec != ParquetCodec.None }),
            SecondDataPage => Second(header.Struct(8), new(false, body, (int)packed, (int)bytes, 0, 0) { IsSecondVersion = true }),
            _ => throw Bad("has a page of a kind that is not read"),
        };
        if (!page.IsPacked && bytes != packed)
            throw Bad("has a page that is as long as it cannot be");
        return page with { Crc32 = header.Has(4) ? (uint)header.Number(4) : null };
    }

    private ParquetPage First(ThriftStruct header, ParquetPage page)
    {
        bool hasOldLevels = !page.IsDictionary
            && ((Column.MaxDefinition > 0 && header.Number(3) != ParquetPage.Levels) || (Column.MaxRepetition > 0 && header.Number(4) != ParquetPage.Levels));
        return hasOldLevels ? throw Bad("has levels that are not read") : page with { Values = CountOf(header), Encoding = EncodingOf(header.Number(2)) };
    }

    private ParquetPage Second(ThriftStruct header, ParquetPage page)
    {
        long definition = header.Number(5), repetition = header.Number(6);
        if (definition < 0 || repetition < 0 || definition > page.PackedBytes - repetition || definition > page.Bytes - repetition)
            throw Bad("has levels that reach beyond their page");
        return page with
        {
            Values = CountOf(header),
            Encoding = EncodingOf(header.Number(4)),
            DefinitionBytes = (int)definition,
            RepetitionBytes = (int)repetition,
            IsPacked = Codec != ParquetCodec.None && (!header.Has(7) || header.Number(7) != 0),
        };
    }

    private int CountOf(ThriftStruct header) =>
        header.Number(1) is >= 0 and <= int.MaxValue and var count ? (int)count : throw Bad("has a page of an impossible number of values");

    private int EncodingOf(long encoding) =>
        encoding is ParquetPage.Plain or ParquetPage.OldDictionary or ParquetPage.Dictionary
            ? (int)encoding
            : throw Bad($"is encoded in a way that is not read (number {encoding}); plain values and dictionaries are");

    private (ThriftStruct Header, int Bytes) ReadHeader(RandomFile file, long position)
    {
        for (int window = FirstHeaderBytes; ; window *= HeaderGrowth)
        {
            var start = new byte[Math.Min(window, _end - position)];
            file.ReadAt(position, start);
            try
            {
                var reader = new ThriftReader(start);
                return (reader.ReadStruct(), reader.Position);
            }
            catch (InvalidDataException) when (start.Length == window && window < MostHeaderBytes)
            {
                // It may be longer than most.
            }
        }
    }
}
