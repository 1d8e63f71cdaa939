using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Underpaint.Storage.Zip;

/// <summary>
/// Writes a zip archive of stored files, one after the other, to a stream that is only written. Lengths and checksums stand before
/// the files, as readers like it best, and no time of day anywhere: the same files give the same bytes. The framework's ZipArchive
/// keeps an object of each file until the end, and writes lengths behind the files where it cannot go back.
/// </summary>
internal sealed class ZipWriter(Stream stream)
{
    private const int LocalHeaderBytes = 30, DirectoryHeaderBytes = 46, EndBytes = 22, Zip64EndBytes = 56, Zip64LocatorBytes = 20, Zip64ExtraBytes = 12;
    private const ushort Version = 20, Zip64Version = 45, Utf8Names = 1 << 11;

    // The first day that the format knows.
    private const ushort Date = (1 << 5) | 1;
    private readonly ArrayBufferWriter<byte> _directory = new();
    private long _position, _count;

    /// <summary>Whether another file of a name would be more than <see cref="ZipDirectory"/> reads.</summary>
    public bool IsFull(string name) => _count >= ZipDirectory.MaxEntries
        || (long)_directory.WrittenCount + DirectoryHeaderBytes + Zip64ExtraBytes + Encoding.UTF8.GetByteCount(name) > ZipDirectory.MaxBytes;

    /// <summary>Adds a file.</summary>
    /// <param name="name">Its name; the caller sees to it that it is allowed and new.</param>
    /// <param name="bytes">Its content.</param>
    public void Add(string name, ReadOnlySpan<byte> bytes)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        Span<byte> header = stackalloc byte[DirectoryHeaderBytes];
        header.Clear();
        bool isFar = _position >= uint.MaxValue;
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x02014B50);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], isFar ? Zip64Version : Version);
        WriteCommon(header[6..], nameBytes.Length, bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header[30..], (ushort)(isFar ? Zip64ExtraBytes : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(header[42..], (uint)Math.Min(_position, uint.MaxValue));
        _directory.Write(header);
        _directory.Write(nameBytes);
        if (isFar)
            WriteFarPosition();

        Span<byte> local = header[..LocalHeaderBytes];
        local.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(local, 0x04034B50);
        WriteCommon(local[4..], nameBytes.Length, bytes);
        Write(local);
        Write(nameBytes);
        Write(bytes);
        _count++;
    }

    /// <summary>Writes the directory; nothing may be added after it.</summary>
    public void Finish()
    {
        long start = _position, length = _directory.WrittenCount;
        Write(_directory.WrittenSpan);
        if (_count >= ushort.MaxValue || start >= uint.MaxValue)
            WriteZip64End(start, length);
        Span<byte> end = stackalloc byte[EndBytes];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        ushort count = (ushort)Math.Min(_count, ushort.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)length);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)Math.Min(start, uint.MaxValue));
        Write(end);
    }

    // What both headers of a file have in common, from the version needed to read it on.
    private static void WriteCommon(Span<byte> header, int nameBytes, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(header, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], Utf8Names);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], Date);
        BinaryPrimitives.WriteUInt32LittleEndian(header[10..], System.IO.Hashing.Crc32.HashToUInt32(bytes));
        BinaryPrimitives.WriteInt32LittleEndian(header[14..], bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[18..], bytes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)nameBytes);
    }

    private void WriteFarPosition()
    {
        Span<byte> extra = stackalloc byte[Zip64ExtraBytes];
        BinaryPrimitives.WriteUInt16LittleEndian(extra, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(extra[2..], sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(extra[4..], _position);
        _directory.Write(extra);
    }

    private void WriteZip64End(long start, long length)
    {
        long position = _position;
        Span<byte> end = stackalloc byte[Zip64EndBytes + Zip64LocatorBytes];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06064B50);
        BinaryPrimitives.WriteInt64LittleEndian(end[4..], Zip64EndBytes - 12);
        BinaryPrimitives.WriteUInt16LittleEndian(end[12..], Zip64Version);
        BinaryPrimitives.WriteUInt16LittleEndian(end[14..], Zip64Version);
        BinaryPrimitives.WriteInt64LittleEndian(end[24..], _count);
        BinaryPrimitives.WriteInt64LittleEndian(end[32..], _count);
        BinaryPrimitives.WriteInt64LittleEndian(end[40..], length);
        BinaryPrimitives.WriteInt64LittleEndian(end[48..], start);
        Span<byte> locator = end[Zip64EndBytes..];
        BinaryPrimitives.WriteUInt32LittleEndian(locator, 0x07064B50);
        BinaryPrimitives.WriteInt64LittleEndian(locator[8..], position);
        BinaryPrimitives.WriteInt32LittleEndian(locator[16..], 1);
        Write(end);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        _position += bytes.Length;
    }
}
