using System.Buffers.Binary;

namespace Underpaint.Storage.Lmdb;

/// <summary>A database as one of its two meta pages describes it: its state after one transaction.</summary>
/// <param name="PageSize">Bytes in a page, a power of two.</param>
/// <param name="Pages">How many pages there are; all of them lie inside the file.</param>
/// <param name="Transaction">Which transaction it was; the higher of the two is in force.</param>
/// <param name="Root">The page where the tree of keys begins; null in an empty database.</param>
/// <param name="Depth">How many pages lie on the way from the root to any key, both ends included.</param>
/// <param name="Entries">How many keys there are.</param>
internal sealed record LmdbMeta(int PageSize, long Pages, ulong Transaction, long? Root, int Depth, long Entries)
{
    /// <summary>The first page that can hold keys or values.</summary>
    public const int FirstPage = 2;

    /// <summary>Bytes of a file by which <see cref="IsLmdb"/> knows it.</summary>
    public const int MarkBytes = MagicAtOfLater + sizeof(uint);

    private const int MagicAt = 16, MagicAtOf32Bits = 12, MagicAtOfLater = 24, FlagsAt = 10, VersionAt = 20, PageSizeAt = 40, MainAt = 88, LastPageAt = 136, TransactionAt = 144;
    private const int Bytes = 152;
    private const uint Magic = 0xBEEFC0DE;
    private const uint Version = 1;
    private const int MetaFlag = 8;
    private const int OrderFlags = 0x7FFF;
    private const int SmallestPage = 512, LargestPage = 32_768;
    private const int MostDepth = 32;

    // What the smallest entry takes: the head of its node, and the two bytes that say where it is.
    private const int LeastEntryBytes = 10;

    /// <summary>Whether a file that begins so is a database, though perhaps one of another machine.</summary>
    /// <param name="start">Its first <see cref="MarkBytes"/> bytes or more.</param>
    public static bool IsLmdb(ReadOnlySpan<byte> start) => start.Length >= MarkBytes
        && (U32(start[MagicAt..]) == Magic || IsBigEndian(start) || IsLater(start) || U32(start[MagicAtOf32Bits..]) == Magic);

    /// <summary>Reads both meta pages; the newer one is in force.</summary>
    /// <exception cref="FileFormatException">It is no such database, is cut off, or one of the two is damaged.</exception>
    public static LmdbMeta Newest(RandomFile file, string path)
    {
        LmdbMeta first = Read(file, path, number: 0, pageSize: 0), second = Read(file, path, number: 1, first.PageSize);
        if (second.PageSize != first.PageSize)
            throw LmdbFile.Damaged(path, "its two meta pages tell different page sizes");
        LmdbMeta newest = second.Transaction > first.Transaction ? second : first;
        newest.Check(file.Length, path);
        return newest;
    }

    private static LmdbMeta Read(RandomFile file, string path, int number, int pageSize)
    {
        long offset = (long)number * pageSize;
        if (file.Length < offset + Bytes)
            throw new FileFormatException(path, $"is no LMDB database, or is truncated: it has {file.Length:N0} bytes", LmdbFile.Remedy);
        Span<byte> page = stackalloc byte[Bytes];
        file.ReadAt(offset, page);
        CheckKind(page, path, number);
        ulong root = U64(page[(MainAt + 40)..]);
        return new(
            PageSizeOf(page, path),
            Pages: (long)Math.Min(U64(page[LastPageAt..]), long.MaxValue - 1) + 1,
            Transaction: U64(page[TransactionAt..]),
            Root: root == ulong.MaxValue ? null : (long)Math.Min(root, long.MaxValue),
            Depth: U16(page[(MainAt + 6)..]),
            Entries: (long)Math.Min(U64(page[(MainAt + 32)..]), long.MaxValue));
    }

    private static void CheckKind(ReadOnlySpan<byte> page, string path, int number)
    {
        bool isOurs = U32(page[MagicAt..]) == Magic;
        if (!isOurs && (IsBigEndian(page) || U32(page[MagicAtOf32Bits..]) == Magic))
            throw new FileFormatException(path, "was written by a 32-bit or big-endian program; only 64-bit little-endian databases are read",
                "Dump it there (mdb_dump), and load it on a 64-bit machine (mdb_load).");
        if (isOurs ? U32(page[VersionAt..]) != Version : IsLater(page))
            throw new FileFormatException(path, "is a database of LMDB 1.0 or of another format; only the format of LMDB 0.9 is read",
                "Dump it with the program that made it (mdb_dump), and load it with LMDB 0.9 (mdb_load).");
        if (!isOurs || (U16(page[FlagsAt..]) & MetaFlag) == 0)
            throw new FileFormatException(path, $"is no LMDB database, or is damaged: its meta page {number} has not the mark of one", LmdbFile.Remedy);
        if ((U16(page[(MainAt + 4)..]) & OrderFlags) != 0)
            throw new FileFormatException(path, "has keys in another order than that of their bytes, or several values for a key",
                "Make a database with LMDB's default settings.");
    }

    private static int PageSizeOf(ReadOnlySpan<byte> page, string path) =>
        U32(page[PageSizeAt..]) is var size and >= SmallestPage and <= LargestPage && uint.IsPow2(size)
            ? (int)size
            : throw new FileFormatException(path, $"has pages of {U32(page[PageSizeAt..]):N0} bytes; {SmallestPage} to {LargestPage:N0}, by powers of two, are read",
                LmdbFile.Remedy);

    private void Check(long length, string path)
    {
        if (Pages < FirstPage || Pages > length / PageSize)
            throw LmdbFile.Damaged(path, $"it needs {Pages:N0} pages of {PageSize:N0} bytes, and is {length:N0} bytes long");
        if (Root is { } root && (root < FirstPage || root >= Pages))
            throw LmdbFile.Damaged(path, $"its tree begins at page {root:N0}, and it has {Pages:N0}");
        // Branches have two entries at least, so a tree cannot be deep and small.
        if (Root is not null && (Depth is < 1 or > MostDepth || Pages >> (Depth - 1) == 0))
            throw LmdbFile.Damaged(path, $"its tree is {Depth} pages deep, which none of {Pages:N0} pages can be");
        if (Entries > length / LeastEntryBytes)
            throw LmdbFile.Damaged(path, $"it declares {Entries:N0} entries, which do not fit into {length:N0} bytes");
    }

    // LMDB 1.0 has longer heads of pages.
    private static bool IsLater(ReadOnlySpan<byte> start) => U32(start[MagicAtOfLater..]) == Magic;

    private static bool IsBigEndian(ReadOnlySpan<byte> start) => BinaryPrimitives.ReadUInt32BigEndian(start[MagicAt..]) == Magic
        || BinaryPrimitives.ReadUInt32BigEndian(start[MagicAtOf32Bits..]) == Magic;

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong U64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
