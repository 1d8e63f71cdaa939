using System.Buffers.Binary;
using System.IO.Hashing;

namespace Underpaint.Harness.Fuzzing;

/// <summary>Makes the checksums of a journal of codes right again.</summary>
internal static class JournalChecksums
{
    private const int FrameBytes = 8;

    /// <summary>The same journal, as far as its lengths can be followed, with the checksums of what it holds.</summary>
    public static byte[] Mend(byte[] journal)
    {
        byte[] mended = [.. journal];
        for (long at = 0; at + FrameBytes <= mended.Length;)
        {
            Span<byte> frame = mended.AsSpan((int)at);
            int length = BinaryPrimitives.ReadInt32LittleEndian(frame);
            if (length < 0 || length > frame.Length - FrameBytes)
                break;
            BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Crc32.HashToUInt32(frame.Slice(FrameBytes, length)));
            at += FrameBytes + length;
        }
        return mended;
    }
}
