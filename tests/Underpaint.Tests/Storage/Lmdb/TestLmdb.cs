using System.Buffers.Binary;
using System.Text;

namespace Underpaint.Tests.Storage.Lmdb;

/// <summary>
/// Writes LMDB databases page by page, of any page size and with as many levels as one likes; LMDB itself makes large trees of large
/// files only.
/// </summary>
internal sealed class TestLmdb
{
    private const int Head = 16, Node = 8, FirstPage = 2;
    private const ushort Branch = 1, Leaf = 2, Overflow = 4, Meta = 8;
    private readonly int _pageSize;
    private readonly List<byte[]> _pages = [];

    private TestLmdb(int pageSize) => _pageSize = pageSize;

    /// <summary>A database of images and their number, in small pages.</summary>
    public static byte[] OfImages(string size, int digits, params byte[][] images) => Of(pageSize: 512, perPage: 3,
        [.. images.Select((image, i) => ($"{size}-{i.ToString($"D{digits}")}", image)), ("length", Encoding.ASCII.GetBytes($"{images.Length}"))]);

    /// <summary>A database.</summary>
    /// <param name="pageSize">Bytes in a page.</param>
    /// <param name="perPage">The most entries in a page of the tree, at least 2.</param>
    /// <param name="entries">Keys and values; keys sort as bytes.</param>
    public static byte[] Of(int pageSize, int perPage, params IEnumerable<(string Key, byte[] Value)> entries)
    {
        var database = new TestLmdb(pageSize);
        (string Key, byte[] Value)[] sorted = [.. entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)];
        var level = database.Write(sorted.Select(entry => (entry.Key, database.LeafNode(entry.Key, entry.Value))), Leaf, perPage);
        int depth = level.Count == 0 ? 0 : 1;
        for (; level.Count > 1; depth++)
            level = database.Write(level.Select(child => (child.Key, BranchNode(child.Key, child.Page))), Branch, perPage);
        return database.Finish(depth, sorted.Length);
    }

    /// <summary>The place of a field of the meta page that is in force.</summary>
    public static int MetaAt(int pageSize, int field) => pageSize + Head + field;

    private List<(string Key, long Page)> Write(IEnumerable<(string Key, byte[] Node)> nodes, ushort kind, int perPage)
    {
        var written = new List<(string Key, long Page)>();
        var waiting = new List<(string Key, byte[] Node)>();
        foreach (var node in nodes)
        {
            bool isFull = waiting.Count == perPage || Head + waiting.Append(node).Sum(each => each.Node.Length + 2) > _pageSize;
            if (isFull)
                Flush();
            waiting.Add(node);
        }
        if (waiting.Count > 0)
            Flush();
        return written;

        void Flush()
        {
            written.Add((waiting[0].Key, FirstPage + _pages.Count));
            _pages.Add(PageOf([.. waiting.Select(node => node.Node)], kind));
            waiting.Clear();
        }
    }

    private byte[] PageOf(byte[][] nodes, ushort kind)
    {
        byte[] page = NewPage(FirstPage + _pages.Count, kind);
        int upper = _pageSize;
        for (int i = 0; i < nodes.Length; i++)
        {
            upper -= nodes[i].Length;
            nodes[i].CopyTo(page, upper);
            BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(Head + 2 * i), (ushort)upper);
        }
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(12), (ushort)(Head + 2 * nodes.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(14), (ushort)upper);
        return page;
    }

    private byte[] LeafNode(string name, byte[] value)
    {
        byte[] key = Encoding.ASCII.GetBytes(name);
        bool isLong = Node + key.Length + value.Length > (_pageSize - Head) / 2 - 2;
        byte[] data = isLong ? BitConverter.GetBytes((long)WriteLong(value)) : value;
        byte[] head = [.. BitConverter.GetBytes(value.Length), (byte)(isLong ? 1 : 0), 0, .. BitConverter.GetBytes((ushort)key.Length)];
        byte[] node = [.. head, .. key, .. data];
        return node.Length % 2 == 0 ? node : [.. node, 0];
    }

    private static byte[] BranchNode(string key, long page)
    {
        byte[] node = [.. BitConverter.GetBytes(page)[..6], .. BitConverter.GetBytes((ushort)key.Length), .. Encoding.ASCII.GetBytes(key)];
        return node.Length % 2 == 0 ? node : [.. node, 0];
    }

    private int WriteLong(byte[] value)
    {
        int number = FirstPage + _pages.Count, count = (Head + value.Length + _pageSize - 1) / _pageSize;
        var bytes = new byte[count * _pageSize];
        NewPage(number, Overflow).CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), count);
        value.CopyTo(bytes, Head);
        _pages.AddRange(bytes.Chunk(_pageSize));
        return number;
    }

    private byte[] Finish(int depth, int entries) =>
        [.. MetaPage(0, entries: 0, depth: 0), .. MetaPage(1, entries, depth), .. _pages.SelectMany(page => page)];

    private byte[] MetaPage(int number, int entries, int depth)
    {
        byte[] page = NewPage(number, Meta);
        Span<byte> meta = page.AsSpan(Head);
        BinaryPrimitives.WriteUInt32LittleEndian(meta, 0xBEEFC0DE);
        BinaryPrimitives.WriteInt32LittleEndian(meta[4..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(meta[24..], _pageSize);
        BinaryPrimitives.WriteInt64LittleEndian(meta[64..], -1);
        BinaryPrimitives.WriteUInt16LittleEndian(meta[78..], (ushort)depth);
        BinaryPrimitives.WriteInt64LittleEndian(meta[104..], entries);
        BinaryPrimitives.WriteInt64LittleEndian(meta[112..], entries == 0 ? -1 : FirstPage + _pages.Count - 1);
        BinaryPrimitives.WriteInt64LittleEndian(meta[120..], FirstPage + _pages.Count - 1);
        BinaryPrimitives.WriteInt64LittleEndian(meta[128..], number);
        return page;
    }

    private byte[] NewPage(long number, ushort kind)
    {
        var page = new byte[_pageSize];
        BinaryPrimitives.WriteInt64LittleEndian(page, number);
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(10), kind);
        return page;
    }
}
