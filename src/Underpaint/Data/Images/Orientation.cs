using SkiaSharp;

namespace Underpaint.Data.Images;

/// <summary>How an image lies in its file: what turns its stored rows upright.</summary>
/// <param name="IsTransposed">Whether stored rows are columns of the upright image.</param>
/// <param name="LastRowFirst">Whether the stored rows come in reverse order.</param>
/// <param name="LastColumnFirst">Whether each stored row is reversed.</param>
internal readonly record struct Orientation(bool IsTransposed, bool LastRowFirst, bool LastColumnFirst)
{
    /// <summary>From EXIF's orientation.</summary>
    public static Orientation Of(SKEncodedOrigin origin) => new(
        origin >= SKEncodedOrigin.LeftTop,
        origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom,
        origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom);
}
