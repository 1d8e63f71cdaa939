using System.Buffers.Binary;

namespace Underpaint.Data.Images;

/// <summary>What must be known of a WebP file before its decoding.</summary>
internal static class WebpFile
{
    private const int RiffBytes = 12;
    private const int ChunkHeaderBytes = 8;

    // A lossless image is decoded as a whole before anything of it is given out; so is the transparency of a lossy one, with a
    // byte more for its values.
    private const int LosslessBytesPerPixel = 4;
    private const int AlphaBytesPerPixel = 5;

    /// <summary>What is held of every pixel while the image is decoded.</summary>
    /// <param name="webp">The file.</param>
    public static int BytesPerPixel(ReadOnlySpan<byte> webp)
    {
        bool isKnown = false;
        int most = 0;
        for (int at = RiffBytes; at <= webp.Length - ChunkHeaderBytes;)
        {
            ReadOnlySpan<byte> chunk = webp[at..];
            bool isLossless = chunk.StartsWith("VP8L"u8);
            if (chunk.StartsWith("ALPH"u8) || chunk.StartsWith("ANMF"u8))
                return AlphaBytesPerPixel;
            most = isLossless ? LosslessBytesPerPixel : most;
            isKnown |= isLossless || chunk.StartsWith("VP8 "u8);
            // Chunks begin at even places.
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            at = (int)Math.Min(at + ChunkHeaderBytes + length + (length & 1), webp.Length);
        }
        return isKnown ? most : AlphaBytesPerPixel;
    }
}
