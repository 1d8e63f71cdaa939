using SkiaSharp;

namespace Underpaint.Tests.Reports;

/// <summary>Looks at the pixels of encoded pictures.</summary>
internal static class Pixels
{
    public static SKBitmap Decode(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], png[..4]);
        return SKBitmap.Decode(png);
    }

    /// <summary>How many pixels of a region differ from the picture's top left corner, its background.</summary>
    public static int Marked(SKBitmap picture, int left, int top, int width, int height)
    {
        SKColor background = picture.GetPixel(0, 0);
        return Enumerable.Range(top, height).Sum(y => Enumerable.Range(left, width).Count(x => picture.GetPixel(x, y) != background));
    }
}
