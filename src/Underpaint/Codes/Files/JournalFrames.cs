using System.Buffers.Binary;
using System.IO.Hashing;
using Underpaint.Storage;

namespace Underpaint.Codes.Files;

/// <summary>Pieces of bytes one after the other in a file that one process holds: each stands as its length, its CRC-32 and itself, little-endian.</summary>
/// <param name="file">The file; whoever makes this gives it away.</param>
internal sealed class JournalFrames(FileStream file) : IDisposable
{
    private const int HeadBytes = 2 * sizeof(int);
    private const int MaxBytes = 1 << 30;

    public string Path => file.Name;

    /// <summary>Bytes as they stand in the file.</summary>
    public static byte[] Frame(byte[] bytes)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteInt32LittleEndian(head, bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(int)..], Crc32.HashToUInt32(bytes));
        return [.. head, .. bytes];
    }

    /// <summary>Writes frames at the end. They are with the operating system when this returns, so they outlive a killed process.</summary>
    public void Append(params ReadOnlySpan<byte[]> frames)
    {
        file.Seek(0, SeekOrigin.End);
        foreach (byte[] frame in frames)
            file.Write(frame);
        file.Flush();
    }

    /// <summary>Removes everything from a place on.</summary>
    public void CutAt(long position) => file.SetLength(position);

    /// <summary>The first bytes of the file; fewer where it is shorter.</summary>
    public byte[] Start(int count)
    {
        var start = new byte[Math.Min(count, file.Length)];
        file.Seek(0, SeekOrigin.Begin);
        file.ReadExactly(start);
        return start;
    }

    /// <summary>Reads what a frame holds, and goes on behind it.</summary>
    /// <param name="position">Where the frame begins; then where the next one does.</param>
    /// <returns>The bytes; null at the end, where the frame was cut off, and where it does not match its checksum.</returns>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public byte[]? TryRead(ref long position)
    {
        if (HeadAt(position) is not { } head)
            return null;
        var bytes = new byte[head.Length];
        Read(position + HeadBytes, bytes);
        position += HeadBytes + bytes.Length;
        return Crc32.HashToUInt32(bytes) == head.Checksum ? bytes : null;
    }

    /// <summary>Goes on behind a frame without reading what it holds.</summary>
    /// <inheritdoc cref="TryRead"/>
    /// <returns>Whether all of it is there.</returns>
    public bool TrySkip(ref long position)
    {
        if (HeadAt(position) is not { } head)
            return false;
        position += HeadBytes + head.Length;
        return true;
    }

    public void Dispose() => file.Dispose();

    private (int Length, uint Checksum)? HeadAt(long position)
    {
        var head = new byte[HeadBytes];
        if (Read(position, head) < HeadBytes)
            return null;
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        return length >= 0 && length <= MaxBytes && length <= file.Length - position - HeadBytes
            ? (length, BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(sizeof(int))))
            : null;
    }

    private int Read(long position, Span<byte> destination)
    {
        try
        {
            file.Seek(position, SeekOrigin.Begin);
            return file.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(Path, e);
        }
    }
}
