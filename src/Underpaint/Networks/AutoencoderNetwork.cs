using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// The semantic encoder and the conditional U-Net together, with the state names of the official Diff-AE code. A pure
/// function of its weights and inputs: it holds no other state.
/// </summary>
public sealed class AutoencoderNetwork : IDisposable
{
    private readonly ConditionalUNet _decoder;
    private readonly SemanticEncoder _encoder;

    /// <summary>Lays the network out; nothing is allocated until its <see cref="Weights"/> are.</summary>
    /// <param name="options">The sizes.</param>
    /// <param name="imageSize">Width and height of the images, in pixels.</param>
    /// <param name="imageChannels">1 (grey) or 3 (RGB).</param>
    /// <exception cref="UnderpaintException">The sizes do not fit together.</exception>
    public AutoencoderNetwork(ModelOptions options, int imageSize, int imageChannels)
    {
        int halvings = Math.Max(options.Multipliers.Count, options.EncoderMultipliers.Count) - 1;
        if (imageSize % (1 << halvings) != 0)
            throw new UnderpaintException($"Images of {imageSize} pixels cannot be halved {halvings} times, as this model's levels need.",
                $"Choose data.size as a multiple of {1 << halvings}, or fewer multipliers.");
        (Options, ImageSize, ImageChannels) = (options, imageSize, imageChannels);
        _decoder = new(Weights.Root, options, imageSize, imageChannels);
        DecoderWeights = Weights.Count;
        _encoder = new(Weights.Root["encoder"], options, imageSize, imageChannels);
    }

    /// <summary>The sizes.</summary>
    public ModelOptions Options { get; }

    /// <summary>Width and height of the images, in pixels.</summary>
    public int ImageSize { get; }

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public int ImageChannels { get; }

    /// <summary>All weights; the decoder's come first.</summary>
    public WeightSet Weights { get; } = new();

    /// <summary>How many of the flat weights are the decoder's; the encoder's follow them.</summary>
    public long DecoderWeights { get; }

    /// <summary>Images to codes.</summary>
    /// <param name="images">(N, C, H, W) in [−1, 1].</param>
    /// <returns>(N, code).</returns>
    public Tensor Encode(Tensor images) => _encoder.Apply(images);

    /// <summary>The decoder's prediction for noisy images.</summary>
    /// <param name="noisy">x_t, (N, C, H, W).</param>
    /// <param name="times">The time of each image's noise level, (N), 0 … 1000.</param>
    /// <param name="codes">(N, code).</param>
    /// <param name="dropout">Draws which activations are dropped, while training; null, the default, drops none.</param>
    /// <returns>(N, C, H, W): noise, velocity or image, as the model was trained.</returns>
    public Tensor Predict(Tensor noisy, Tensor times, Tensor codes, Generator? dropout = null) => _decoder.Apply(noisy, times, codes, dropout);

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Weights.Dispose();
}
