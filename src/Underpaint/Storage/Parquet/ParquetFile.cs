using System.Buffers.Binary;
using System.Text;

namespace Underpaint.Storage.Parquet;

/// <summary>
/// An open parquet file: columns of whole numbers, of text or other bytes, and of 32-bit floats, also in lists of one length. Read
/// strictly, because files come from anywhere: the usual library waits forever on some damaged files and believes every declared
/// length. Pages may be of either version, uncompressed or compressed by Snappy, gzip, Brotli or Zstandard, plain or with a
/// dictionary. Whoever opens it disposes it.
/// </summary>
internal sealed class ParquetFile : IDisposable
{
    /// <summary>What to do with a file that cannot be used.</summary>
    public const string Remedy = "Download the file again, or write it anew (what pyarrow writes by default is read).";

    private const int MaxFooterBytes = 32 << 20;
    private const int MaxGroups = 100_000;
    private const int TailBytes = 8;

    // Compression makes few bytes into many. What people store stays below these; pictures hardly shrink at all.
    private const long UnpackedAlways = 16 << 20, UnpackedPerByte = 64;
    private readonly RandomFile _file;
    private readonly IReadOnlyList<ParquetColumn> _columns;
    private readonly IReadOnlyList<ThriftStruct> _groups;

    private ParquetFile(string path, RandomFile file)
    {
        (Path, _file) = (path, file);
        ThriftStruct footer = Guard(ReadFooter);
        (_columns, _groups, GroupRows, Metadata) = Guard(() => (
            ParquetColumn.Of(footer.List<ThriftStruct>(2)), footer.List<ThriftStruct>(4), RowsOf(footer.List<ThriftStruct>(4)), MetadataOf(footer)));
        Guard(CheckUnpackedLength);
    }

    /// <summary>The file's path, as given to <see cref="Open"/>.</summary>
    public string Path { get; }

    /// <summary>The text entries of the footer; empty where there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>How many rows each group has: a file is read group by group.</summary>
    public IReadOnlyList<int> GroupRows { get; }

    /// <summary>Opens a file and checks its footer. The columns are read later, when asked for.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileFormatException">It breaks a rule of the format or of ours.</exception>
    /// <exception cref="UnderpaintException">It is missing or cannot be read.</exception>
    public static ParquetFile Open(string path)
    {
        var file = new RandomFile(path, Remedy);
        try
        {
            return new ParquetFile(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>All columns of plain values, in the file's order.</summary>
    public IReadOnlyList<ParquetColumn> Columns => _columns;

    /// <summary>Reads a group's part of a column of floats.</summary>
    /// <param name="group">The group's number.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="perRow">How long the list in every row is.</param>
    /// <exception cref="FileFormatException">There is no such column, it is of another form, or damaged.</exception>
    public float[] ReadFloats(int group, string column, int perRow) =>
        Guard(() => Reader(group, column, ParquetType.Float).ReadLists(GroupRows[group], perRow, BinaryPrimitives.ReadSingleLittleEndian));

    /// <summary>Reads a group's part of a column of whole numbers.</summary>
    /// <inheritdoc cref="ReadFloats"/>
    public int[] ReadNumbers(int group, string column) =>
        Guard(() => Reader(group, column, ParquetType.Int32).Read(GroupRows[group], BinaryPrimitives.ReadInt32LittleEndian));

    /// <summary>Reads a group's part of a column of texts.</summary>
    /// <inheritdoc cref="ReadFloats"/>
    public string[] ReadTexts(int group, string column) =>
        Guard(() => Reader(group, column, ParquetType.Bytes).Read(GroupRows[group], bytes => Encoding.UTF8.GetString(bytes)));

    /// <summary>Reads a group's part of a column of whole numbers of either length, some of which may be absent.</summary>
    /// <inheritdoc cref="ReadFloats"/>
    /// <returns>The numbers; null for absent ones.</returns>
    public long?[] ReadOptionalNumbers(int group, ParquetColumn column) => Guard(() => Reader(group, column).ReadOptional<long?>(
        GroupRows[group], bytes => bytes.Length == sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes), null));

    /// <summary>Reads a group's part of a column of texts, some of which may be absent.</summary>
    /// <inheritdoc cref="ReadFloats"/>
    /// <returns>The texts; null for absent ones.</returns>
    public string?[] ReadOptionalTexts(int group, ParquetColumn column) =>
        Guard(() => Reader(group, column).ReadOptional<string?>(GroupRows[group], bytes => Encoding.UTF8.GetString(bytes), null));

    /// <summary>Finds where the values of a column of bytes lie, to read them one by one later; this file may be closed then.</summary>
    /// <param name="column">The column.</param>
    /// <param name="cache">Where unpacked pages are kept; columns of several files may share it.</param>
    /// <exception cref="FileFormatException">The column is of another form, or damaged.</exception>
    public ParquetBytesColumn Index(ParquetColumn column, PageCache cache) => Guard(() =>
        new ParquetBytesColumn(Path, _file, [.. Enumerable.Range(0, GroupRows.Count).Select(group => (Chunk(group, column), GroupRows[group]))], cache));

    /// <summary>Reads something, and turns the failures of the format into those of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="FileFormatException">It is damaged.</exception>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw new FileFormatException(path, $"cannot be used: {e.Message}", Remedy, e);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private ThriftStruct ReadFooter()
    {
        Span<byte> tail = stackalloc byte[TailBytes], head = stackalloc byte[4];
        if (_file.Length < head.Length + TailBytes)
            throw new InvalidDataException("it is too short for a parquet file");
        _file.ReadAt(0, head);
        _file.ReadAt(_file.Length - TailBytes, tail);
        if (!head.SequenceEqual("PAR1"u8) || !tail[4..].SequenceEqual("PAR1"u8))
            throw new InvalidDataException("it is no parquet file, or one that is encrypted");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (length > MaxFooterBytes || length > _file.Length - TailBytes - head.Length)
            throw new InvalidDataException($"it declares a footer of {length} bytes");
        var footer = new byte[length];
        _file.ReadAt(_file.Length - TailBytes - length, footer);
        return new ThriftReader(footer).ReadStruct();
    }

    private static List<int> RowsOf(IReadOnlyList<ThriftStruct> groups)
    {
        if (groups.Count > MaxGroups)
            throw new InvalidDataException($"it has more than {MaxGroups} groups of rows");
        List<long> rows = [.. groups.Select(group => group.Number(3))];
        return rows.TrueForAll(count => count >= 0) && rows.Sum(count => (decimal)count) <= int.MaxValue
            ? rows.ConvertAll(count => (int)count)
            : throw new InvalidDataException("it declares an impossible number of rows");
    }

    private static Dictionary<string, string> MetadataOf(ThriftStruct footer)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ThriftStruct entry in footer.Has(5) ? footer.List<ThriftStruct>(5) : [])
        {
            if (entry.Has(2) && !metadata.TryAdd(entry.Text(1), entry.Text(2)))
                throw new InvalidDataException($"it has the metadata entry {Quotation.Of(entry.Text(1))} twice");
        }
        return metadata;
    }

    private bool CheckUnpackedLength()
    {
        decimal unpacked = _groups.Sum(group => ChunksOf(group).Sum(chunk => (decimal)Math.Max(0, chunk.Number(6))));
        return unpacked <= UnpackedAlways + (decimal)UnpackedPerByte * _file.Length
            ? true
            : throw new InvalidDataException($"it declares {unpacked:N0} bytes in a file of {_file.Length:N0}, as a decompression bomb does");
    }

    private ParquetColumnReader Reader(int group, string name, ParquetType type)
    {
        ParquetColumn[] columns = [.. _columns.Where(known => IsNamed(known, name))];
        return columns is [var column] && column.Type == (long)type
            ? Reader(group, column)
            : throw new InvalidDataException($"it has no column {Quotation.Of(name)} of {type} values");
    }

    private ParquetColumnReader Reader(int group, ParquetColumn column) => new(_file, Chunk(group, column));

    private ParquetChunk Chunk(int group, ParquetColumn column)
    {
        ThriftStruct[] found = [.. ChunksOf(_groups[group]).Where(chunk => string.Join('.', chunk.List<string>(3)) == column.Path)];
        return found is [var single]
            ? new ParquetChunk(single, column, _file.Length)
            : throw new InvalidDataException($"a group of rows lacks the column {Quotation.Of(column.Path)}");
    }

    // Parts of a column may lie in other files by the format; nobody writes that, and a file must not name others.
    private static IEnumerable<ThriftStruct> ChunksOf(ThriftStruct group) => group.List<ThriftStruct>(1).Select(chunk =>
        chunk.Has(1) ? throw new InvalidDataException("it refers to another file") : chunk.Struct(3));

    private static bool IsNamed(ParquetColumn column, string name) =>
        column.Path == name || column.Path.StartsWith(name + ".", StringComparison.Ordinal);

    private T Guard<T>(Func<T> read) => Guard(Path, read);
}
