using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace Underpaint.Data;

/// <summary>
/// A zip archive opened for reading entry by entry, from any number of threads at once. The framework's ZipArchive reads one
/// entry at a time, ignores checksums, and takes several times the directory's size in memory before its length is known.
/// </summary>
internal sealed class ZipReader : IDisposable
{
    private const int LocalHeaderBytes = 30;
    private const uint LocalHeaderMark = 0x04034B50;

    // DEFLATE cannot pack 1 032 bytes into less than one: whoever declares more lies.
    private const int HighestRatio = 1032;

    private readonly SafeFileHandle _handle;
    private readonly long _length;

    /// <summary>Opens the archive and reads its directory.</summary>
    /// <exception cref="FileFormatException">It cannot be read, is damaged or encrypted, or holds a forbidden name.</exception>
    public ZipReader(string path)
    {
        try
        {
            _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileFormatException(path, $"cannot be opened: {e.Message.TrimEnd('.')}",
                "Check the file and your rights to it.", e);
        }
        try
        {
            _length = RandomAccess.GetLength(_handle);
            Entries = ZipDirectory.Read(path, _length, ReadAt);
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <summary>All files of the archive, in its own order; names are checked and differ from each other.</summary>
    public IReadOnlyList<ZipEntry> Entries { get; }

    /// <summary>Unpacks one entry and verifies its length and checksum.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <param name="maxBytes">Longest allowed entry, packed and unpacked.</param>
    /// <exception cref="FileFormatException">It is longer than allowed or than declared, cut off, or damaged.</exception>
    public byte[] Read(ZipEntry entry, long maxBytes)
    {
        if (Math.Max(entry.Bytes, entry.PackedBytes) > maxBytes)
            throw Bad(entry, $"takes {Math.Max(entry.Bytes, entry.PackedBytes):N0} bytes, more than the limit of {maxBytes:N0}");
        if (entry.IsDeflated ? entry.Bytes > entry.PackedBytes * HighestRatio : entry.Bytes != entry.PackedBytes)
            throw Bad(entry, "declares a length that its packed data cannot have");
        try
        {
            byte[] packed = ReadAt(DataOffset(entry), (int)entry.PackedBytes);
            byte[] bytes = entry.IsDeflated ? Inflate(entry, packed) : packed;
            bool isIntact = System.IO.Hashing.Crc32.HashToUInt32(bytes) == entry.Crc32;
            return isIntact ? bytes : throw Bad(entry, "is damaged: its checksum does not match");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Bad(entry, $"cannot be read from the archive: {e.Message.TrimEnd('.')}", e);
        }
    }

    public void Dispose() => _handle.Dispose();

    private long DataOffset(ZipEntry entry)
    {
        ReadOnlySpan<byte> header = ReadAt(entry.HeaderOffset, LocalHeaderBytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalHeaderMark)
            throw Bad(entry, "is damaged: there is no entry where the archive's directory says");
        return entry.HeaderOffset + LocalHeaderBytes
            + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
    }

    private static byte[] Inflate(ZipEntry entry, byte[] packed)
    {
        using var inflated = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        var bytes = new byte[entry.Bytes];
        if (inflated.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length || inflated.ReadByte() >= 0)
            throw Bad(entry, "does not unpack to the length it declares");
        return bytes;
    }

    private byte[] ReadAt(long offset, int count)
    {
        if (offset < 0 || offset + count > _length)
            throw new EndOfStreamException("The archive is truncated.");
        var bytes = new byte[count];
        for (int done = 0; done < count;)
        {
            int read = RandomAccess.Read(_handle, bytes.AsSpan(done), offset + done);
            done += read > 0 ? read : throw new EndOfStreamException("The archive is truncated.");
        }
        return bytes;
    }

    private static FileFormatException Bad(ZipEntry entry, string problem, Exception? inner = null) =>
        new(entry.Name, problem, "Make the archive anew, or leave this file out.", inner);
}
