using System.Buffers.Binary;
using System.Text;

namespace Underpaint.Data;

/// <summary>Reads a zip archive's central directory (with ZIP64), strictly and within limits.</summary>
internal static class ZipDirectory
{
    /// <summary>Most files in an archive.</summary>
    private const int MaxEntries = 4_000_000;

    /// <summary>Longest central directory.</summary>
    private const int MaxBytes = 512 << 20;

    private const int EndBytes = 22;
    private const int EndCommentBytes = ushort.MaxValue;
    private const int Zip64LocatorBytes = 20;
    private const int Zip64EndBytes = 56;
    private const int HeaderBytes = 46;
    private const uint EndMark = 0x06054B50;
    private const uint Zip64LocatorMark = 0x07064B50;
    private const uint Zip64EndMark = 0x06064B50;
    private const uint HeaderMark = 0x02014B50;
    private const ushort Zip64Extra = 1;
    private const int EncryptedFlag = 1;

    /// <summary>Reads <c>count</c> bytes of the archive from <c>offset</c> on.</summary>
    public delegate byte[] Reader(long offset, int count);

    /// <summary>All files of the archive (folders left out), in its own order.</summary>
    /// <param name="path">The archive, for messages.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="read">Reads some of it.</param>
    /// <exception cref="FileFormatException">The archive is truncated or damaged, or breaks a rule or a limit.</exception>
    public static IReadOnlyList<ZipEntry> Read(string path, long length, Reader read)
    {
        try
        {
            (ulong count, ulong bytes, ulong offset) = FindDirectory(path, length, read);
            if (count > MaxEntries || bytes > MaxBytes)
                throw Bad(path, $"declares {count:N0} files in a directory of {bytes:N0} bytes; "
                    + $"the limits are {MaxEntries:N0} and {MaxBytes:N0}");
            if (bytes > (ulong)length || offset > (ulong)length - bytes || count * HeaderBytes > bytes)
                throw Bad(path, "is truncated or damaged: its directory does not fit into the file");
            return ReadEntries(path, read((long)offset, (int)bytes), (int)count);
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException)
        {
            // Every length in the directory may lie; the spans' own bounds find out.
            throw Bad(path, "is truncated or damaged: its directory breaks off", e);
        }
    }

    private static (ulong Count, ulong Bytes, ulong Offset) FindDirectory(string path, long length, Reader read)
    {
        int tailBytes = (int)Math.Min(length, EndBytes + EndCommentBytes + Zip64LocatorBytes);
        ReadOnlySpan<byte> tail = read(length - tailBytes, tailBytes);
        int at = tail.Length - EndBytes;
        while (at >= 0 && U32(tail[at..]) != EndMark)
            at--;
        if (at < 0)
            throw Bad(path, "is no zip archive, or is truncated: its directory is missing");
        ReadOnlySpan<byte> end = tail[at..];
        bool isZip64 = at >= Zip64LocatorBytes && U32(tail[(at - Zip64LocatorBytes)..]) == Zip64LocatorMark;
        if (!isZip64)
            return (U16(end[10..]), U32(end[12..]), U32(end[16..]));
        ulong endOffset = U64(tail[(at - Zip64LocatorBytes + 8)..]);
        ReadOnlySpan<byte> end64 = read((long)Math.Min(endOffset, long.MaxValue / 2), Zip64EndBytes);
        return U32(end64) == Zip64EndMark
            ? (U64(end64[32..]), U64(end64[40..]), U64(end64[48..]))
            : throw Bad(path, "is damaged: its ZIP64 directory is not where it says");
    }

    private static List<ZipEntry> ReadEntries(string path, ReadOnlySpan<byte> directory, int count)
    {
        var entries = new List<ZipEntry>(count);
        var names = new HashSet<string>(count, StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            if (U32(directory) != HeaderMark)
                throw Bad(path, "is damaged: its directory is garbled");
            int nameBytes = U16(directory[28..]), extraBytes = U16(directory[30..]), commentBytes = U16(directory[32..]);
            string name = NameOf(path, directory.Slice(HeaderBytes, nameBytes));
            if (!names.Add(name))
                throw Bad(path, $"holds \"{name}\" twice");
            if (!name.EndsWith('/'))
                entries.Add(EntryOf(path, name, directory, directory.Slice(HeaderBytes + nameBytes, extraBytes)));
            directory = directory[(HeaderBytes + nameBytes + extraBytes + commentBytes)..];
        }
        return entries;
    }

    private static ZipEntry EntryOf(string path, string name, ReadOnlySpan<byte> header, ReadOnlySpan<byte> extra)
    {
        int flags = U16(header[8..]), method = U16(header[10..]);
        if ((flags & EncryptedFlag) != 0)
            throw Bad(path, $"is encrypted (\"{name}\")", remedy: "Unpack it with its password, and give the folder instead.");
        if (method is not (0 or 8))
            throw Bad(path, $"packs \"{name}\" by method {method}; only stored and deflated files can be read");
        ulong packed = U32(header[20..]), unpacked = U32(header[24..]), offset = U32(header[42..]);

        // A field that is all ones has moved to the ZIP64 extra block, in this order.
        ReadOnlySpan<byte> wide = Zip64Block(extra);
        unpacked = unpacked == uint.MaxValue ? TakeU64(ref wide) : unpacked;
        packed = packed == uint.MaxValue ? TakeU64(ref wide) : packed;
        offset = offset == uint.MaxValue ? TakeU64(ref wide) : offset;
        if (Math.Max(Math.Max(packed, unpacked), offset) > long.MaxValue / 2)
            throw Bad(path, $"declares an impossible size for \"{name}\"");
        return new ZipEntry(name, (long)offset, (long)packed, (long)unpacked, method == 8, U32(header[16..]));
    }

    private static ReadOnlySpan<byte> Zip64Block(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            ReadOnlySpan<byte> block = extra.Slice(4, U16(extra[2..]));
            if (U16(extra) == Zip64Extra)
                return block;
            extra = extra[(4 + block.Length)..];
        }
        return [];
    }

    private static string NameOf(string path, ReadOnlySpan<byte> bytes)
    {
        string name = System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
        bool isForbidden = name.Length == 0 || name.StartsWith('/') || name.Contains(":/")
            || name.AsSpan().ContainsAny('\\', '\0') || name.Split('/').Contains("..");
        if (isForbidden)
            throw Bad(path, $"holds the forbidden name \"{name.Replace('\0', '?')}\": empty, absolute, or with \"..\", '\\' or NUL");
        return name;
    }

    private static FileFormatException Bad(
        string path, string problem, Exception? inner = null, string remedy = "Make or download the archive anew.") => new(path, problem, remedy, inner);

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong U64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static ulong TakeU64(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = U64(bytes);
        bytes = bytes[8..];
        return value;
    }
}
