using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Underpaint.Reports.TensorBoard;

/// <summary>
/// The frame that TensorFlow puts around each record of a file: its length, a checksum of the length, the record, a checksum of it.
/// A reader notices by them where a file was cut off.
/// </summary>
internal static class EventRecord
{
    /// <summary>A record in its frame.</summary>
    /// <param name="content">The record.</param>
    public static byte[] Frame(ReadOnlySpan<byte> content)
    {
        var frame = new byte[sizeof(ulong) + sizeof(uint) + content.Length + sizeof(uint)];
        Span<byte> length = frame.AsSpan(0, sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(sizeof(ulong)), MaskedChecksum(length));
        content.CopyTo(frame.AsSpan(sizeof(ulong) + sizeof(uint)));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(frame.Length - sizeof(uint)), MaskedChecksum(content));
        return frame;
    }

    // CRC-32C, rotated and shifted: the checksum of data that hold checksums would otherwise be weak.
    private static uint MaskedChecksum(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Checksum(bytes), 15) + 0xA282EAD8;

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (ulong eight in MemoryMarshal.Cast<byte, ulong>(bytes))
            sum = BitOperations.Crc32C(sum, eight);
        foreach (byte one in bytes[(bytes.Length & ~7)..])
            sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }
}
