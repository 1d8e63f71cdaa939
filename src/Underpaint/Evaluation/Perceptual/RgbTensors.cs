using Underpaint.Data.Images;
using Underpaint.Evaluation.Metrics;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Perceptual;

/// <summary>8-bit images as classifiers for photos take them: always with three channels, grey ones repeated.</summary>
internal static class RgbTensors
{
    /// <summary>(N, 3, H, W) in [0, 1], channels last in memory; in the current dispose scope.</summary>
    /// <param name="images">At least one, all of the same width and height.</param>
    /// <param name="device">Where the tensor goes.</param>
    /// <exception cref="UnderpaintException">Their sizes differ.</exception>
    public static Tensor Of(IReadOnlyList<PixelImage> images, Device device)
    {
        int width = images[0].Width, height = images[0].Height, area = width * height;
        if (images.FirstOrDefault(image => (image.Width, image.Height) != (width, height)) is { } other)
            throw new UnderpaintException(
                $"Images of {width}×{height} and {other.Width}×{other.Height} pixels cannot be judged in one batch.",
                "Resize them to one size, or judge them one by one.");
        var values = new float[images.Count * 3 * area];
        for (int i = 0; i < images.Count; i++)
        {
            float[] planes = ImagePlanes.Of(images[i]);
            for (int c = 0; c < 3; c++)
                planes.AsSpan(c % images[i].Channels * area, area).CopyTo(values.AsSpan((3 * i + c) * area));
        }
        return tensor(values, [images.Count, 3, height, width], device: device).ToChannelsLast();
    }
}
