using System.Buffers.Binary;
using System.IO.Hashing;

namespace Underpaint.Data;

/// <summary>What must be known of a PNG file before and beside its decoding.</summary>
internal static class PngFile
{
    private const int SignatureBytes = 8;
    private const int ChunkOverhead = 12;
    private const int HeaderEnd = 33;
    private const int MostBytesPerPixel = 8;

    /// <summary>What is held of every pixel wanted until the last pass over an interlaced image has been read; 0 if it is not interlaced.</summary>
    /// <param name="png">The file.</param>
    /// <param name="hasAlpha">Whether some pixels are transparent.</param>
    public static int InterlacedBytesPerPixel(ReadOnlySpan<byte> png, bool hasAlpha)
    {
        if (png.Length < HeaderEnd || !png[12..].StartsWith("IHDR"u8))
            return MostBytesPerPixel;
        (byte depth, byte color, bool isInterlaced) = (png[24], png[25], png[28] != 0);
        int channels = color switch
        {
            0 => hasAlpha ? 2 : 1,
            2 => hasAlpha ? 4 : 3,
            3 => 1,
            4 => 2,
            _ => 4,
        };
        return !isInterlaced ? 0 : depth == 16 ? channels * 2 : channels;
    }

    /// <summary>Whether all chunks to the last are there, with the right checksums.</summary>
    /// <param name="png">The file.</param>
    public static bool IsIntact(ReadOnlySpan<byte> png)
    {
        for (int at = SignatureBytes; at <= png.Length - ChunkOverhead;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (length > png.Length - at - ChunkOverhead)
                return false;
            ReadOnlySpan<byte> content = png.Slice(at + 4, 4 + (int)length);
            at += ChunkOverhead + (int)length;
            if (Crc32.HashToUInt32(content) != BinaryPrimitives.ReadUInt32BigEndian(png[(at - 4)..]))
                return false;
            if (content.StartsWith("IEND"u8))
                return true;
        }
        return false;
    }
}
