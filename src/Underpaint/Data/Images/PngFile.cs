namespace Underpaint.Data.Images;

/// <summary>What must be known of a PNG file before its decoding.</summary>
internal static class PngFile
{
    private const int HeaderEnd = 33;
    private const int MostBytesPerPixel = 8;

    /// <summary>What is held of every pixel until the last pass over an interlaced image has been read; 0 if it is not interlaced.</summary>
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
}
