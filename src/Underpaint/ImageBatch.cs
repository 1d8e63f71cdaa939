using TorchSharp;
using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint;

/// <summary>Images as a model sees them: (N, C, H, W) float32 in [−1, 1]. Dispose it.</summary>
public sealed class ImageBatch : IDisposable
{
    /// <summary>Takes a tensor over.</summary>
    /// <param name="tensor">(N, C, H, W) float32 in [−1, 1]; from now on this batch's to dispose.</param>
    public ImageBatch(Tensor tensor) => Tensor = tensor.DetachFromDisposeScope();

    /// <summary>The values, (N, C, H, W) in [−1, 1]; belongs to the batch.</summary>
    public Tensor Tensor { get; }

    /// <summary>How many images there are.</summary>
    public int Count => (int)Tensor.size(0);

    /// <summary>Reads, resizes and crops images.</summary>
    /// <param name="path">Whatever <see cref="ImageSources.Open"/> takes.</param>
    /// <param name="size">Width and height to resize and crop to, in pixels.</param>
    /// <param name="color">RGB or grey. Default RGB.</param>
    /// <param name="limit">The most images to read. Default 64.</param>
    /// <param name="crop">Which part of each image, as the model was trained on. Default the middle.</param>
    /// <exception cref="UnderpaintException">The path holds no images, or one of them cannot be read.</exception>
    public static ImageBatch Load(string path, int size, ColorMode color = ColorMode.Rgb, int limit = 64, ImageCrop crop = ImageCrop.Middle) =>
        Load(path, new() { Size = size, Color = color, Crop = crop }, limit);

    /// <summary>Reads images and prepares them as those that a model was trained on.</summary>
    /// <param name="path">Whatever <see cref="ImageSources.Open"/> takes.</param>
    /// <param name="preparation">Size, colour and crop: the data of the model's <see cref="DiffusionAutoencoder.Recipe"/>.</param>
    /// <param name="limit">The most images to read. Default 64.</param>
    /// <exception cref="UnderpaintException">The path holds no images, or one of them cannot be read.</exception>
    public static ImageBatch Load(string path, DataOptions preparation, int limit = 64)
    {
        using IImageSource source = ImageSources.Open(path);
        int[] indices = [.. Enumerable.Range(0, Math.Min(limit, source.Count))];
        return From(PixelBatch.Load(source, indices, preparation));
    }

    /// <summary>Wraps prepared images.</summary>
    /// <param name="pixels">The images, all of one size.</param>
    /// <param name="device">Where the tensor goes. Default the CPU.</param>
    public static ImageBatch From(PixelBatch pixels, Device? device = null)
    {
        Machine.TorchLibrary.Load();
        return new(pixels.ToTensor(device ?? CPU));
    }

    /// <summary>The images in 8 bits.</summary>
    public IReadOnlyList<PixelImage> ToPixels() => Tensor.ToPixels();

    /// <summary>Frees the tensor.</summary>
    public void Dispose() => Tensor.Dispose();
}
