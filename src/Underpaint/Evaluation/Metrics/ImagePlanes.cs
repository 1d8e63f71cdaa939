using Underpaint.Data.Images;

namespace Underpaint.Evaluation.Metrics;

/// <summary>What the image metrics compute on: one plane after the other (channels, height, width), values in [0, 1].</summary>
internal static class ImagePlanes
{
    /// <summary>The image's values divided by 255, one plane per channel.</summary>
    public static float[] Of(PixelImage image)
    {
        int area = image.Width * image.Height;
        var planes = new float[image.Pixels.Length];
        for (int i = 0; i < planes.Length; i++)
            planes[i % image.Channels * area + i / image.Channels] = image.Pixels[i] / 255f;
        return planes;
    }

    /// <summary>Refuses a pair of images that cannot be compared pixel by pixel.</summary>
    public static void RequireSameSize(PixelImage a, PixelImage b)
    {
        if ((a.Width, a.Height, a.Channels) != (b.Width, b.Height, b.Channels))
            throw new UnderpaintException(
                $"An image of {SizeOf(a)} cannot be compared with one of {SizeOf(b)}.",
                "Give both the same size and the same colour channels.");
    }

    /// <summary>Refuses images that are too small for a metric.</summary>
    public static void RequireSide(string metric, int side, int width, int height, string remedy)
    {
        if (width < side || height < side)
            throw new UnderpaintException(
                $"{metric} needs images of at least {side}×{side} pixels; these have {width}×{height}.", remedy);
    }

    private static string SizeOf(PixelImage image) =>
        $"{image.Width}×{image.Height} pixels with {image.Channels} channel{(image.Channels == 1 ? "" : "s")}";
}
