using SkiaSharp;

namespace Underpaint.Data.Images;

/// <summary>
/// What a decoder holds in memory for itself while it decodes, reckoned from the header: the most that it can be, beside the file
/// and the decoded pixels. Small change is left out.
/// </summary>
/// <param name="Bytes">However many rows are decoded at once.</param>
/// <param name="BytesPerPixel">For each pixel of the rows that are decoded at once.</param>
internal readonly record struct CodecMemory(long Bytes, int BytesPerPixel)
{
    /// <summary>Reckons it.</summary>
    /// <param name="codec">The decoder.</param>
    /// <param name="encoded">The file's bytes.</param>
    public static CodecMemory Of(SKCodec codec, ReadOnlySpan<byte> encoded)
    {
        long pixels = (long)codec.Info.Width * codec.Info.Height;
        return codec.EncodedFormat switch
        {
            SKEncodedImageFormat.Jpeg => new(JpegFile.CoefficientBytes(encoded) ?? pixels * JpegFile.MostBytesPerPixel, 0),
            SKEncodedImageFormat.Png => new(0, PngFile.InterlacedBytesPerPixel(encoded, codec.Info.AlphaType != SKAlphaType.Opaque)),
            SKEncodedImageFormat.Webp => new(pixels * WebpFile.BytesPerPixel(encoded), 0),
            _ => default,
        };
    }
}
