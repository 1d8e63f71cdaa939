using Underpaint.Data.Images;

namespace Underpaint.Onnx;

/// <summary>Between 8-bit images and the numbers of a network, (C, H, W) in [−1, 1].</summary>
internal static class PixelValues
{
    /// <summary>An image as numbers.</summary>
    public static float[] ToValues(this PixelImage image)
    {
        int plane = image.Width * image.Height;
        var values = new float[image.Pixels.Length];
        for (int at = 0; at < values.Length; at++)
            values[at % image.Channels * plane + at / image.Channels] = image.Pixels[at] / 127.5f - 1;
        return values;
    }

    /// <summary>Numbers as an image: clamped to [−1, 1] and rounded to 8 bits.</summary>
    public static PixelImage ToImage(this ReadOnlySpan<float> values, int size, int channels)
    {
        int plane = size * size;
        var pixels = new byte[values.Length];
        for (int at = 0; at < pixels.Length; at++)
            pixels[at] = (byte)MathF.Round((Math.Clamp(values[at % channels * plane + at / channels], -1, 1) + 1) * 127.5f);
        return new(size, size, channels, pixels);
    }
}
