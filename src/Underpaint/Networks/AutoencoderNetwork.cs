using Underpaint.Machine;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// The semantic encoder and the conditional U-Net together, with the state names of the official Diff-AE code. A pure
/// function of its weights and inputs: it holds no other state.
/// </summary>
public sealed class AutoencoderNetwork : IReplicable<AutoencoderNetwork>
{
    private readonly ConditionalUNet _decoder;
    private readonly SemanticEncoder _encoder;

    /// <summary>Lays the network out; nothing is allocated until its <see cref="Weights"/> are.</summary>
    /// <param name="options">The sizes.</param>
    /// <param name="imageSize">Width and height of the images, in pixels.</param>
    /// <param name="imageChannels">1 (grey) or 3 (RGB).</param>
    /// <param name="precision">The type of the activations between the first and the last layer. Default float32.</param>
    /// <exception cref="UnderpaintException">The sizes do not fit together.</exception>
    public AutoencoderNetwork(ModelOptions options, int imageSize, int imageChannels, Precision precision = Precision.Float32)
    {
        int halvings = Math.Max(options.Multipliers.Count, options.EncoderMultipliers.Count) - 1;
        if (imageSize % (1 << halvings) != 0)
            throw new UnderpaintException($"Images of {imageSize} pixels cannot be halved {halvings} times, as this model's levels need.",
                $"Choose data.size as a multiple of {1 << halvings}, or fewer multipliers.");
        (Options, ImageSize, ImageChannels, Precision) = (options, imageSize, imageChannels, precision);
        Weights = new(precision);
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
    public WeightSet Weights { get; }

    /// <summary>How many of the flat weights are the decoder's; the encoder's follow them.</summary>
    public long DecoderWeights { get; }

    /// <summary>The type of the activations between the first and the last layer.</summary>
    public Precision Precision { get; }

    /// <summary>Images to codes.</summary>
    /// <param name="images">(N, C, H, W) in [−1, 1].</param>
    /// <returns>(N, code); in the current dispose scope.</returns>
    public Tensor Encode(Tensor images)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        return Encode(Tape.None, images).MoveOut().Data;
    }

    /// <summary>
    /// Gives fresh weights a better start: the encoder's last layer is scaled and shifted so that over these images codes have mean 0
    /// and, all their numbers together, the given standard deviation. As PyTorch starts it, codes hardly differ between images: the
    /// decoder cannot hear them, learns nothing from them, and so the encoder does not learn to speak either. Of images whose codes do not
    /// differ, such as a single one, nothing is learnt, and the weights stay as they are.
    /// </summary>
    /// <param name="images">(N, C, H, W) in [−1, 1]; a batch of training images.</param>
    /// <param name="spread">The standard deviation, above 0.</param>
    public void SpreadCodes(Tensor images, double spread)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        _encoder.Spread(Encode(images), spread);
        Weights.Round();
    }

    /// <summary>The decoder's prediction for noisy images.</summary>
    /// <param name="noisy">x_t, (N, C, H, W).</param>
    /// <param name="times">The time of each image's noise level, (N), 0 … 1000.</param>
    /// <param name="codes">(N, code).</param>
    /// <returns>(N, C, H, W): noise, velocity or image, as the model was trained; in the current dispose scope.</returns>
    public Tensor Predict(Tensor noisy, Tensor times, Tensor codes)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        return Predict(Tape.None, noisy, times, Tape.Constant(codes)).MoveOut().Data;
    }

    /// <summary>Images to codes, remembered for a backward pass.</summary>
    internal Value Encode(Tape tape, Tensor images) => _encoder.Apply(tape, Tape.Constant(images.ToChannelsLast()), Activations);

    /// <summary>The decoder's prediction, remembered for a backward pass.</summary>
    internal Value Predict(Tape tape, Tensor noisy, Tensor times, Value codes, Dropout? dropout = null) =>
        _decoder.Apply(tape, Tape.Constant(noisy.ToChannelsLast()), times, codes, dropout, Activations);

    /// <summary>The same network, which uses this one's weights; to be disposed before this one.</summary>
    AutoencoderNetwork IReplicable<AutoencoderNetwork>.Replicate()
    {
        var replica = new AutoencoderNetwork(Options, ImageSize, ImageChannels, Precision);
        replica.Weights.Share(Weights);
        return replica;
    }

    private ScalarType Activations => Precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Weights.Dispose();
}
