using SkiaSharp;
using Underpaint.Data.Images;

namespace Underpaint.Reports;

/// <summary>Writes moving pictures as animated WebP, without any loss; every current browser and viewer shows them.</summary>
public static class Animation
{
    /// <summary>Encodes pictures that follow each other, over and over. Small ones are enlarged by a whole factor with hard pixel edges.</summary>
    /// <param name="frames">The pictures, all of one size; at least one.</param>
    /// <param name="duration">How long each is shown, in whole milliseconds; at least 1.</param>
    /// <returns>The bytes of a WebP file.</returns>
    /// <exception cref="UnderpaintException">The pictures are larger than the format allows.</exception>
    /// <exception cref="ArgumentException">The pictures are of different sizes, or there are none.</exception>
    public static byte[] ToWebP(IReadOnlyList<PixelImage> frames, TimeSpan duration)
    {
        if (frames.Count == 0 || frames.Any(frame => (frame.Width, frame.Height) != (frames[0].Width, frames[0].Height)))
            throw new ArgumentException("An animation has at least one picture, and all are of one size.", nameof(frames));
        SKBitmap[] bitmaps = [.. frames.Select(Enlarge)];
        try
        {
            SKWebpEncoderFrame[] shown = Array.ConvertAll(bitmaps, bitmap => new SKWebpEncoderFrame(bitmap, duration));
            using SKData? file = SKWebpEncoder.EncodeAnimated(shown, new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 100));
            return file?.ToArray() ?? throw new UnderpaintException(
                $"Pictures of {bitmaps[0].Width}×{bitmaps[0].Height} pixels cannot be animated: WebP ends at 16383.", "Use smaller pictures.");
        }
        finally
        {
            Array.ForEach(bitmaps, bitmap => bitmap.Dispose());
        }
    }

    /// <summary>There and back again, so that the end does not jump to the beginning.</summary>
    /// <param name="frames">The pictures in one direction.</param>
    public static IReadOnlyList<PixelImage> ThereAndBack(IReadOnlyList<PixelImage> frames) => [.. frames, .. frames.Skip(1).SkipLast(1).Reverse()];

    private static SKBitmap Enlarge(PixelImage frame)
    {
        int factor = PictureGrid.FactorFor(frame.Width, frame.Height);
        using SKBitmap small = Png.ToBitmap(frame);
        var large = new SKBitmap(frame.Width * factor, frame.Height * factor, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(large);
        using SKImage picture = SKImage.FromBitmap(small);
        canvas.DrawImage(picture, SKRect.Create(large.Width, large.Height), new SKSamplingOptions(SKFilterMode.Nearest));
        canvas.Flush();
        return large;
    }
}
