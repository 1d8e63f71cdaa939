using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace Underpaint.Storage.Zip;

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

    // What entries of any length are read in.
    private const int BlockBytes = 1 << 16;

    private readonly string _path;
    private readonly SafeFileHandle _handle;

    /// <summary>Opens the archive and reads its directory.</summary>
    /// <exception cref="FileFormatException">It cannot be opened, is damaged or encrypted, or holds a forbidden name.</exception>
    /// <exception cref="UnderpaintException">The disk fails.</exception>
    public ZipReader(string path)
    {
        _path = path;
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
            Length = RandomAccess.GetLength(_handle);
            Entries = ZipDirectory.Read(path, Length, ReadAt);
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <summary>The archive's length in bytes.</summary>
    public long Length { get; }

    /// <summary>All files of the archive, in its own order; names are checked and differ from each other.</summary>
    public ZipEntries Entries { get; }

    /// <summary>Unpacks one entry and verifies its length and checksum.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <param name="maxBytes">Longest allowed entry, packed and unpacked.</param>
    /// <exception cref="FileFormatException">It is longer than allowed or than declared, cut off, or damaged.</exception>
    /// <exception cref="UnderpaintException">The disk fails.</exception>
    public byte[] Read(ZipEntry entry, long maxBytes)
    {
        if (Math.Max(entry.Bytes, entry.PackedBytes) > maxBytes)
            throw Bad(entry, $"takes {Math.Max(entry.Bytes, entry.PackedBytes):N0} bytes, more than the limit of {maxBytes:N0}");
        CheckRatio(entry);
        try
        {
            byte[] bytes = entry.IsDeflated ? Inflate(entry) : ReadAt(DataOffset(entry), (int)entry.PackedBytes);
            bool isIntact = System.IO.Hashing.Crc32.HashToUInt32(bytes) == entry.Crc32;
            return isIntact ? bytes : throw Bad(entry, "is damaged: its checksum does not match");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Bad(entry, $"cannot be read from the archive: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>
    /// Reads a piece of an entry that may be too long to be held in memory. All of it is gone through, and its length and checksum
    /// are verified.
    /// </summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <param name="start">The piece's first byte, counted in the unpacked entry.</param>
    /// <param name="destination">Where to; the piece must lie inside the entry.</param>
    /// <exception cref="FileFormatException">The entry is longer than declared, cut off, or damaged.</exception>
    /// <exception cref="UnderpaintException">The disk fails.</exception>
    public void ReadPiece(ZipEntry entry, long start, Span<byte> destination)
    {
        CheckRatio(entry);
        try
        {
            long offset = DataOffset(entry);
            using Stream? inflated = entry.IsDeflated ? Inflater(entry, offset) : null;
            var checksum = new System.IO.Hashing.Crc32();
            var buffer = new byte[Math.Min(BlockBytes, entry.Bytes)];
            for (long at = 0; at < entry.Bytes; at += buffer.Length)
            {
                Span<byte> block = buffer.AsSpan(0, (int)Math.Min(buffer.Length, entry.Bytes - at));
                if (inflated is null)
                    ReadAt(offset + at, block);
                else
                    inflated.ReadExactly(block);
                checksum.Append(block);
                CopyOverlap(block, at, destination, start);
            }
            if (inflated?.ReadByte() >= 0 || checksum.GetCurrentHashAsUInt32() != entry.Crc32)
                throw Bad(entry, "is damaged: its checksum does not match");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Bad(entry, $"cannot be read from the archive: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>Reads a piece of a stored entry without going through the rest; nothing is verified.</summary>
    /// <param name="entry">One of <see cref="Entries"/>, not deflated.</param>
    /// <param name="start">The piece's first byte, counted in the entry.</param>
    /// <param name="destination">Where to; the piece must lie inside the entry.</param>
    /// <exception cref="FileFormatException">The archive was cut off since it was opened.</exception>
    /// <exception cref="UnderpaintException">The disk fails.</exception>
    public void ReadStoredPiece(ZipEntry entry, long start, Span<byte> destination)
    {
        try
        {
            ReadAt(DataOffset(entry) + start, destination);
        }
        catch (IOException e)
        {
            throw Bad(entry, $"cannot be read from the archive: {e.Message.TrimEnd('.')}", e);
        }
    }

    public void Dispose() => _handle.Dispose();

    private static void CheckRatio(ZipEntry entry)
    {
        if (entry.IsDeflated ? entry.Bytes > entry.PackedBytes * HighestRatio : entry.Bytes != entry.PackedBytes)
            throw Bad(entry, "declares a length that its packed data cannot have");
    }

    // Two pieces of the same entry: what the first has in common with the second is copied into it.
    private static void CopyOverlap(ReadOnlySpan<byte> source, long sourceStart, Span<byte> destination, long destinationStart)
    {
        long from = Math.Max(sourceStart, destinationStart);
        long to = Math.Min(sourceStart + source.Length, destinationStart + destination.Length);
        if (from < to)
            source[(int)(from - sourceStart)..(int)(to - sourceStart)].CopyTo(destination[(int)(from - destinationStart)..]);
    }

    // The packed bytes are never held in memory as a whole.
    private DeflateStream Inflater(ZipEntry entry, long offset)
    {
        var packed = new ZipPiece(_path, _handle, offset, entry.PackedBytes);
        int blockBytes = (int)Math.Clamp(entry.PackedBytes, 1, BlockBytes);
        return new DeflateStream(new BufferedStream(packed, blockBytes), CompressionMode.Decompress);
    }

    private long DataOffset(ZipEntry entry)
    {
        ReadOnlySpan<byte> header = ReadAt(entry.HeaderOffset, LocalHeaderBytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalHeaderMark)
            throw Bad(entry, "is damaged: there is no entry where the archive's directory says");
        return entry.HeaderOffset + LocalHeaderBytes
            + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
    }

    private byte[] Inflate(ZipEntry entry)
    {
        using DeflateStream inflated = Inflater(entry, DataOffset(entry));
        var bytes = new byte[entry.Bytes];
        if (inflated.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length || inflated.ReadByte() >= 0)
            throw Bad(entry, "does not unpack to the length it declares");
        return bytes;
    }

    private byte[] ReadAt(long offset, int count)
    {
        if (offset < 0 || offset + count > Length)
            throw new EndOfStreamException("The archive is truncated.");
        var bytes = new byte[count];
        ReadAt(offset, bytes);
        return bytes;
    }

    private void ReadAt(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int read = ZipPiece.Read(_path, _handle, destination, offset);
            if (read == 0)
                throw new EndOfStreamException("The archive is truncated.");
            destination = destination[read..];
            offset += read;
        }
    }

    private static FileFormatException Bad(ZipEntry entry, string problem, Exception? inner = null) =>
        new(entry.Name, problem, "Make the archive anew, or leave this file out.", inner);
}
