using System.Buffers.Binary;

namespace Underpaint.Data.Images;

/// <summary>What must be known of a JPEG file before its decoding.</summary>
internal static class JpegFile
{
    /// <summary>The most that is held of every pixel: four colours of 16 bits.</summary>
    public const int MostBytesPerPixel = 8;

    private const int BlockBytes = 64 * sizeof(short);
    private const byte Mark = 0xFF;
    private const byte ScanStart = 0xDA;

    /// <summary>
    /// What is held until the last scan has been read, where there may be several: the coefficients of all blocks. 0 where all
    /// colours come in one scan; null where the header cannot be understood.
    /// </summary>
    /// <param name="jpeg">The file.</param>
    public static long? CoefficientBytes(ReadOnlySpan<byte> jpeg)
    {
        ReadOnlySpan<byte> frame = [];
        bool isProgressive = false;
        for (int at = 2; TryNextSegment(jpeg, ref at, out byte marker, out ReadOnlySpan<byte> content);)
        {
            if (marker == ScanStart)
            {
                if (frame.Length < 6 || content.IsEmpty)
                    return null;
                bool isAllAtOnce = !isProgressive && content[0] == frame[5];
                return isAllAtOnce ? 0 : BlocksOf(frame) * BlockBytes;
            }
            // The frame headers are those of C0 to CF, but for C4, C8 and CC; every fourth one from C2 on is progressive.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                frame = content;
                isProgressive = (marker & 3) == 2;
            }
        }
        return null;
    }

    private static bool TryNextSegment(ReadOnlySpan<byte> jpeg, scoped ref int at, out byte marker, out ReadOnlySpan<byte> content)
    {
        marker = 0;
        content = [];
        // As the decoder does it: bytes that do not belong there are passed over.
        while (at < jpeg.Length && jpeg[at] != Mark)
            at++;
        while (at < jpeg.Length && jpeg[at] == Mark)
            at++;
        if (at + 3 > jpeg.Length)
            return false;
        marker = jpeg[at++];
        if (marker is 0 or 1 or (>= 0xD0 and <= 0xD8))
            return true;
        int length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[at..]);
        if (length < 2 || at + length > jpeg.Length)
            return false;
        content = jpeg[(at + 2)..(at + length)];
        at += length;
        return true;
    }

    /// <summary>Blocks of 8 × 8 values of all colours, up to the edge of the last whole group.</summary>
    private static long? BlocksOf(ReadOnlySpan<byte> frame)
    {
        int height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        int across = 1, down = 1, perGroup = 0;
        if (frame.Length < 6 + 3 * frame[5])
            return null;
        for (int i = 0; i < frame[5]; i++)
        {
            (int h, int v) = (frame[7 + 3 * i] >> 4, frame[7 + 3 * i] & 15);
            (across, down, perGroup) = (Math.Max(across, h), Math.Max(down, v), perGroup + h * v);
        }
        return (long)GroupsOf(width, across) * GroupsOf(height, down) * perGroup;
    }

    private static int GroupsOf(int length, int blocks) => (length + 8 * blocks - 1) / (8 * blocks);
}
