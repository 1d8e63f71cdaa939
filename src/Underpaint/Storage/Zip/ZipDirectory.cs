using System.Buffers.Binary;

namespace Underpaint.Storage.Zip;

/// <summary>Reads a zip archive's central directory (with ZIP64), strictly and within limits.</summary>
internal static class ZipDirectory
{
    /// <summary>Longest name, in bytes.</summary>
    public const int MaxNameBytes = 1024;

    /// <summary>Most files and folders in an archive.</summary>
    public const int MaxEntries = 2_000_000;

    /// <summary>Longest central directory, which is held in memory. That of ImageNet, with long names, takes 156 MiB.</summary>
    public const int MaxBytes = 192 << 20;

    private const int EndBytes = 22;
    private const int EndCommentBytes = ushort.MaxValue;
    private const int Zip64LocatorBytes = 20;
    private const int Zip64EndBytes = 56;
    private const uint EndMark = 0x06054B50;
    private const uint Zip64LocatorMark = 0x07064B50;
    private const uint Zip64EndMark = 0x06064B50;

    /// <summary>Reads <c>count</c> bytes of the archive from <c>offset</c> on.</summary>
    public delegate byte[] Reader(long offset, int count);

    /// <summary>All files of the archive (folders left out), in its own order.</summary>
    /// <param name="path">The archive, for messages.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="read">Reads some of it.</param>
    /// <exception cref="FileFormatException">The archive is truncated or damaged, or breaks a rule or a limit.</exception>
    public static ZipEntries Read(string path, long length, Reader read)
    {
        try
        {
            (ulong count, ulong bytes, ulong offset, bool isZip64) = FindDirectory(path, length, read);
            if (count > MaxEntries || bytes > MaxBytes)
                throw Bad(path, $"declares {count:N0} files in a directory of {bytes:N0} bytes; "
                    + $"the limits are {MaxEntries:N0} and {MaxBytes:N0}");
            if (bytes > (ulong)length || offset > (ulong)length - bytes || count * ZipHeader.FixedBytes > bytes)
                throw Bad(path, "is truncated or damaged: its directory does not fit into the file");
            return ReadEntries(path, read((long)offset, (int)bytes), (int)count, isZip64);
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException)
        {
            // Every length in the directory may lie; the spans' own bounds find out.
            throw Bad(path, "is truncated or damaged: its directory breaks off", e);
        }
    }

    /// <summary>Whether a name is empty, absolute, or leads out of the archive.</summary>
    public static bool IsForbidden(string name) => name.Length == 0 || name.StartsWith('/') || name.Contains(":/")
        || name.AsSpan().ContainsAny('\\', '\0') || name.Contains("..") && name.Split('/').Contains("..");

    private static (ulong Count, ulong Bytes, ulong Offset, bool IsZip64) FindDirectory(string path, long length, Reader read)
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
            return (U16(end[10..]), U32(end[12..]), U32(end[16..]), false);
        ulong endOffset = U64(tail[(at - Zip64LocatorBytes + 8)..]);
        ReadOnlySpan<byte> end64 = read((long)Math.Min(endOffset, long.MaxValue / 2), Zip64EndBytes);
        return U32(end64) == Zip64EndMark
            ? (U64(end64[32..]), U64(end64[40..]), U64(end64[48..]), true)
            : throw Bad(path, "is damaged: its ZIP64 directory is not where it says");
    }

    // Some programs, macOS' own among them, write no ZIP64 and of a count its last 16 bits: the entries go on past it.
    private static ZipEntries ReadEntries(string path, byte[] directory, int declared, bool isZip64)
    {
        var entries = new ZipEntries(directory, declared);
        int count = 0;
        for (int at = 0; count < declared || new ZipHeader(directory.AsSpan(at)).IsMarked; count++)
        {
            if (count == MaxEntries)
                throw Bad(path, $"holds more than {MaxEntries:N0} files, which is the limit");
            var header = new ZipHeader(directory.AsSpan(at));
            if (!header.IsMarked)
                throw Bad(path, "is damaged: its directory is garbled");
            string name = CheckName(path, header);
            if (!entries.Add(at))
                throw Bad(path, $"holds \"{name}\" twice");
            if (!name.EndsWith('/'))
                CheckEntry(path, header);
            at += header.Length;
        }
        if ((isZip64 ? count : count & ushort.MaxValue) != declared)
            throw Bad(path, $"is damaged: its directory declares {declared:N0} files and holds {count:N0}");
        return entries;
    }

    private static void CheckEntry(string path, ZipHeader header)
    {
        ZipEntry entry = header.ToEntry();
        if (header.IsEncrypted)
            throw Bad(path, $"is encrypted (\"{entry.Name}\")", remedy: "Unpack it with its password, and give the folder instead.");
        if (header.Method is not (0 or 8))
            throw Bad(path, $"packs \"{entry.Name}\" by method {header.Method}; only stored and deflated files can be read");
        if (Math.Max(Math.Max((ulong)entry.PackedBytes, (ulong)entry.Bytes), (ulong)entry.HeaderOffset) > long.MaxValue / 2)
            throw Bad(path, $"declares an impossible size for \"{entry.Name}\"");
    }

    private static string CheckName(string path, ZipHeader header)
    {
        if (header.NameBytes.Length > MaxNameBytes)
            throw Bad(path, $"has a name of {header.NameBytes.Length:N0} bytes; the limit is {MaxNameBytes:N0}");
        string name = header.Name;
        if (IsForbidden(name))
            throw Bad(path, $"holds the forbidden name \"{name.Replace('\0', '?')}\": empty, absolute, or with \"..\", '\\' or NUL");
        return name;
    }

    private static FileFormatException Bad(
        string path, string problem, Exception? inner = null, string remedy = "Make or download the archive anew.") => new(path, problem, remedy, inner);

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong U64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
