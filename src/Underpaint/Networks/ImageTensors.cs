using Underpaint.Data;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>Between 8-bit images in plain memory and tensors in [−1, 1].</summary>
internal static class ImageTensors
{
    /// <summary>(N, C, H, W) float32 in [−1, 1].</summary>
    public static Tensor ToTensor(this PixelBatch batch, Device device)
    {
        using Tensor bytes = tensor(batch.Pixels, device: device);
        using Tensor values = bytes.to(ScalarType.Float32);
        return values.div_(127.5).sub_(1).view(batch.Count, batch.Channels, batch.Size, batch.Size);
    }

    /// <summary>(N, C, H, W), clamped to [−1, 1] and rounded to 8 bits.</summary>
    public static PixelImage[] ToPixels(this Tensor images)
    {
        using var scope = NewDisposeScope();
        int count = (int)images.size(0), channels = (int)images.size(1), height = (int)images.size(2), width = (int)images.size(3);
        Tensor bytes = images.detach().clamp(-1, 1).add(1).mul(127.5).round().to(ScalarType.Byte).permute(0, 2, 3, 1).contiguous().cpu();
        byte[] pixels = bytes.data<byte>().ToArray();
        int length = pixels.Length / Math.Max(1, count);
        return [.. Enumerable.Range(0, count).Select(i => new PixelImage(width, height, channels, pixels[(i * length)..((i + 1) * length)]))];
    }
}
