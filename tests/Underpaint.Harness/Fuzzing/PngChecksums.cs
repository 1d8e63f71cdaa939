using System.Buffers.Binary;
using System.IO.Hashing;

namespace Underpaint.Harness.Fuzzing;

/// <summary>Makes the checksums of a PNG file's chunks right again; leaves anything else as it is.</summary>
internal static class PngChecksums
{
    private const int SignatureBytes = 8;

    // Length, name and checksum around the chunk's data.
    private const int FrameBytes = 12;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47];

    public static byte[] Mend(byte[] png)
    {
        if (!png.AsSpan().StartsWith(Signature))
            return png;
        for (long at = SignatureBytes; at + FrameBytes <= png.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan((int)at));
            if (at + FrameBytes + length > png.Length)
                break;
            Span<byte> chunk = png.AsSpan((int)at + 4, (int)length + 4);
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan((int)at + 4 + chunk.Length), Crc32.HashToUInt32(chunk));
            at += FrameBytes + length;
        }
        return png;
    }
}
