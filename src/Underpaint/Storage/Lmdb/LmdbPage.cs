using System.Buffers.Binary;

namespace Underpaint.Storage.Lmdb;

/// <summary>
/// A page of the tree: a branch, whose entries lead to pages, or a leaf, whose entries are keys with their values. What it lies
/// about is found when it is asked for.
/// </summary>
internal sealed class LmdbPage
{
    private const int HeadBytes = 16, NodeBytes = 8;
    private const int BranchFlag = 1, LeafFlag = 2;

    // All that say what kind of page it is: branch, leaf, overflow, meta, and the two of databases with several values for a key.
    private const int KindFlags = 0x6F;

    private const int LongValueFlag = 1, OtherValueFlags = 6;

    private readonly string _path;
    private readonly long _number;
    private readonly byte[] _bytes;

    /// <summary>Checks the page's head.</summary>
    /// <param name="path">The database, for messages.</param>
    /// <param name="number">Which page it is.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="isLeaf">Whether it must be a leaf, else a branch.</param>
    /// <exception cref="FileFormatException">It is another page or damaged.</exception>
    public LmdbPage(string path, long number, byte[] bytes, bool isLeaf)
    {
        (_path, _number, _bytes) = (path, number, bytes);
        if (U64(0) != (ulong)number || (U16(10) & KindFlags) != (isLeaf ? LeafFlag : BranchFlag))
            throw Damaged($"is not the {(isLeaf ? "leaf" : "branch")} that it should be");
        int lower = U16(12), upper = U16(14);
        if (lower <= HeadBytes || lower % 2 != 0 || lower > upper || upper > bytes.Length)
            throw Damaged("has an impossible head");
        Count = (lower - HeadBytes) / 2;
    }

    /// <summary>How many entries it has; at least 1.</summary>
    public int Count { get; }

    /// <summary>An entry's key. Of a branch's first it means nothing: all that is less than the second is there.</summary>
    public ReadOnlySpan<byte> KeyAt(int i)
    {
        int at = NodeAt(i);
        return Slice(at + NodeBytes, U16(at + 6));
    }

    /// <summary>The page that a branch's entry leads to.</summary>
    public long ChildAt(int i)
    {
        int at = NodeAt(i);
        return U16(at) | (long)U16(at + 2) << 16 | (long)U16(at + 4) << 32;
    }

    /// <summary>The value of a leaf's entry.</summary>
    public LmdbValue ValueAt(int i)
    {
        int at = NodeAt(i), flags = U16(at + 4), start = at + NodeBytes + U16(at + 6);
        long length = U16(at) | (long)U16(at + 2) << 16;
        if ((flags & OtherValueFlags) != 0)
            throw Damaged("has a database of its own where a value should be");
        if ((flags & LongValueFlag) == 0)
            return new(length, _bytes.AsMemory(start, Slice(start, length).Length), Page: null);
        ulong page = BinaryPrimitives.ReadUInt64LittleEndian(Slice(start, sizeof(ulong)));
        return new(length, default, (long)Math.Min(page, long.MaxValue));
    }

    /// <summary>The branch's entry under which a key must be.</summary>
    public int ChildFor(ReadOnlySpan<byte> key) => CountLess(key, first: 1, orEqual: true) - 1;

    /// <summary>The leaf's first entry whose key is not less; <see cref="Count"/> where there is none.</summary>
    public int FirstFrom(ReadOnlySpan<byte> key) => CountLess(key, first: 0, orEqual: false);

    /// <summary>How many entries come before a key, or at it; those before <paramref name="first"/> do in any case.</summary>
    private int CountLess(ReadOnlySpan<byte> key, int first, bool orEqual)
    {
        int low = first, high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2, order = KeyAt(middle).SequenceCompareTo(key);
            if (order < 0 || orEqual && order == 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private int NodeAt(int i)
    {
        int at = U16(HeadBytes + 2 * i);
        return at >= HeadBytes + 2 * Count && at <= _bytes.Length - NodeBytes ? at : throw Damaged("has an entry outside of itself");
    }

    private ReadOnlySpan<byte> Slice(int start, long length) => start + length <= _bytes.Length
        ? _bytes.AsSpan(start, (int)length)
        : throw Damaged("has an entry that reaches beyond its end");

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));

    private ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(at));

    private FileFormatException Damaged(string problem) => LmdbFile.Damaged(_path, $"page {_number:N0} {problem}");
}
