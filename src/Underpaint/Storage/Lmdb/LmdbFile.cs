using System.Buffers.Binary;

namespace Underpaint.Storage.Lmdb;

/// <summary>
/// An LMDB database (of LMDB 0.9, 64-bit, little-endian), read page by page from any number of threads at once. LMDB itself maps the
/// file into memory and believes what stands there; this reader believes nothing: every page's number, kind, entries and
/// references are checked before they are followed.
/// </summary>
internal sealed class LmdbFile : IDisposable
{
    /// <summary>What to do about a damaged database.</summary>
    public const string Remedy = "Copy or make the database anew.";

    private const int HeadBytes = 16;
    private const int OverflowFlag = 4;

    private readonly RandomFile _file;
    private readonly LmdbMeta _meta;

    /// <summary>Opens a database and reads its meta pages.</summary>
    /// <param name="path">Its file: <c>data.mdb</c> in its folder, or one of any name where it has no folder.</param>
    /// <exception cref="FileFormatException">It is no such database, damaged, or of another kind.</exception>
    /// <exception cref="UnderpaintException">It is missing or cannot be read.</exception>
    public LmdbFile(string path)
    {
        Path = path;
        _file = new RandomFile(path, Remedy);
        try
        {
            _meta = LmdbMeta.Newest(_file, path);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How many entries it declares; that many fit into the file.</summary>
    public long Entries => _meta.Entries;

    /// <summary>The first entry whose key is not less than <paramref name="key"/>, and those that follow.</summary>
    /// <exception cref="FileFormatException">A page on the way is damaged.</exception>
    public LmdbCursor From(ReadOnlySpan<byte> key) => new(this, _meta, key);

    /// <summary>The value of a key; null where there is no such key.</summary>
    /// <exception cref="FileFormatException">A page on the way is damaged.</exception>
    public LmdbValue? Find(ReadOnlySpan<byte> key) =>
        From(key) is { IsAtEnd: false } found && found.Key.SequenceEqual(key) ? found.Value : null;

    /// <summary>Reads a value.</summary>
    /// <param name="value">One of this database's; its length is for the caller to limit.</param>
    /// <exception cref="FileFormatException">Its pages are damaged.</exception>
    public byte[] Read(LmdbValue value)
    {
        CheckPages(value);
        var bytes = new byte[value.Length];
        Copy(value, start: 0, bytes);
        return bytes;
    }

    /// <summary>Reads a piece of a value.</summary>
    /// <param name="value">One of this database's.</param>
    /// <param name="start">The piece's first byte, counted in the value.</param>
    /// <param name="destination">Where to; the piece must lie inside the value.</param>
    /// <exception cref="FileFormatException">Its pages are damaged.</exception>
    public void ReadPiece(LmdbValue value, long start, Span<byte> destination)
    {
        CheckPages(value);
        Copy(value, start, destination);
    }

    /// <summary>Reads a page of the tree.</summary>
    /// <exception cref="FileFormatException">There is no such page, it is of another kind, or damaged.</exception>
    internal LmdbPage ReadPage(long number, bool isLeaf)
    {
        CheckPage(number);
        var bytes = new byte[_meta.PageSize];
        _file.ReadAt(number * _meta.PageSize, bytes);
        return new(Path, number, bytes, isLeaf);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    internal static FileFormatException Damaged(string path, string problem) => new(path, $"is truncated or damaged: {problem}", Remedy);

    private void Copy(LmdbValue value, long start, Span<byte> destination)
    {
        if (value.Page is { } page)
            _file.ReadAt(page * _meta.PageSize + HeadBytes + start, destination);
        else
            value.Inline.Span.Slice((int)start, destination.Length).CopyTo(destination);
    }

    // Only the first of a long value's pages has a head, which says how many there are; the others are all value.
    private void CheckPages(LmdbValue value)
    {
        if (value.Page is not { } page)
            return;
        CheckPage(page);
        Span<byte> head = stackalloc byte[HeadBytes];
        _file.ReadAt(page * _meta.PageSize, head);
        bool isValue = BinaryPrimitives.ReadInt64LittleEndian(head) == page
            && BinaryPrimitives.ReadUInt16LittleEndian(head[10..]) == OverflowFlag;
        uint pages = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
        if (!isValue || pages > _meta.Pages - page || value.Length + HeadBytes > (long)pages * _meta.PageSize)
            throw Damaged(Path, $"page {page:N0} does not begin a value of {value.Length:N0} bytes");
    }

    private void CheckPage(long number)
    {
        if (number < LmdbMeta.FirstPage || number >= _meta.Pages)
            throw Damaged(Path, $"it refers to page {number:N0}, and has {_meta.Pages:N0}");
    }
}
