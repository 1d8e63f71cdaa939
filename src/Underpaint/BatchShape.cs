using static TorchSharp.torch;

namespace Underpaint;

/// <summary>What batches must be like for a model; those of others are refused by their shapes, not by libtorch's words.</summary>
/// <param name="Channels">1 (grey) or 3 (RGB).</param>
/// <param name="Side">Width and height of the images, in pixels.</param>
/// <param name="Code">Numbers in a code.</param>
internal sealed record BatchShape(int Channels, int Side, int Code)
{
    /// <summary>Refuses images of another size or with other channels.</summary>
    /// <exception cref="UnderpaintException">They are.</exception>
    public void Check(ImageBatch images)
    {
        if (images.Tensor.size(1) != Channels || images.Tensor.size(2) != Side || images.Tensor.size(3) != Side)
            throw new UnderpaintException(
                $"The images are {images.Tensor.size(3)}×{images.Tensor.size(2)} with {images.Tensor.size(1)} channels; this model works on "
                + $"{Side}×{Side} with {Channels}.",
                "Load them with ImageBatch.Load and the model's Recipe.Data.");
    }

    /// <summary>Refuses codes of another length, or another number of them.</summary>
    /// <exception cref="UnderpaintException">They are.</exception>
    public void Check(CodeBatch codes, int count)
    {
        if (!codes.Tensor.shape.SequenceEqual([count, Code]))
            throw new UnderpaintException($"The codes are {TextOf(codes.Tensor)}; {count} × {Code} are needed.", "Encode the same images with this model.");
    }

    /// <summary>Refuses stochastic codes of another size, or another number of them.</summary>
    /// <exception cref="UnderpaintException">They are.</exception>
    public void Check(StochasticCodeBatch codes, int count)
    {
        if (!codes.Tensor.shape.SequenceEqual([count, Channels, Side, Side]))
            throw new UnderpaintException(
                $"The stochastic codes are {TextOf(codes.Tensor)}; {count} × {Channels} × {Side} × {Side} are needed.",
                "Draw as many as there are codes, or invert the same images with this model.");
    }

    private static string TextOf(Tensor tensor) => string.Join(" × ", tensor.shape);
}
