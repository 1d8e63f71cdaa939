using Underpaint.Data;
using Underpaint.Data.Images;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>Between 8-bit images in plain memory and tensors in [−1, 1].</summary>
internal static class ImageTensors
{
    /// <summary>(N, C, H, W) float32 in [−1, 1].</summary>
    public static Tensor ToTensor(this PixelBatch batch, Device device)
    {
        float[] values = Array.ConvertAll(batch.Pixels, value => value / 127.5f - 1);
        return tensor(values, [batch.Count, batch.Channels, batch.Size, batch.Size], device: device);
    }

    /// <summary>(N, C, H, W), clamped to [−1, 1] and rounded to 8 bits.</summary>
    public static PixelImage[] ToPixels(this Tensor images)
    {
        using var scope = NewDisposeScope();
        int count = (int)images.size(0), channels = (int)images.size(1), height = (int)images.size(2), width = (int)images.size(3);
        float[] values = images.detach().permute(0, 2, 3, 1).contiguous().cpu().data<float>().ToArray();
        byte[] pixels = Array.ConvertAll(values, value => (byte)MathF.Round((Math.Clamp(value, -1, 1) + 1) * 127.5f));
        int length = pixels.Length / Math.Max(1, count);
        return [.. Enumerable.Range(0, count).Select(i => new PixelImage(width, height, channels, pixels[(i * length)..((i + 1) * length)]))];
    }
}
