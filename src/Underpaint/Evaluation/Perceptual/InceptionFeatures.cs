using Underpaint.Data.Images;
using Underpaint.Evaluation.Distances;
using Underpaint.Evaluation.Metrics;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Perceptual;

/// <summary>
/// The features that FID compares (Heusel et al. 2017), as pytorch-fid computes them: 2048 numbers for each image, from Inception-v3
/// with its weights of 2015-12-05. Between images and their reconstructions the distance is called rFID. Dispose it.
/// </summary>
public sealed class InceptionFeatures : IFeatureNetwork, IDisposable
{
    // 16 images of 299×299 take some 250 MB in the first layers.
    private const int ImagesAtOnce = 16;

    private readonly InceptionNetwork _network = new();
    private readonly Lazy<string> _identity;

    internal InceptionFeatures() => _identity = new(() => WeightsIdentity.Of(_network.Weights.ToArray()));

    /// <inheritdoc/>
    public Metric Metric => Outline with
    {
        Definition = "rFID: FID between images and their reconstructions as in pytorch-fid; Fréchet distance of the 2048 pooled features of "
            + "Inception-v3 (2015-12-05), images resized to 299×299, bilinear without antialiasing, grey repeated as RGB; "
            + $"compare equal numbers of images only; weights {_identity.Value}",
        Version = WeightsIdentity.VersionOf(_identity.Value),
    };

    /// <inheritdoc/>
    public Metric MetricOfSamples => Metric with
    {
        Key = "fid",
        Name = "FID",
        Definition = Metric.Definition.Replace("rFID: FID between images and their reconstructions", "FID: between new and real images", StringComparison.Ordinal),
    };

    /// <summary>The metric as far as it does not depend on weights.</summary>
    internal static Metric Outline { get; } = new()
    {
        Key = "rfid",
        Name = "rFID",
        Aspect = "likeness of the sets",
        Digits = 2,
        Better = Better.Lower,
        Definition = "rFID",
    };

    /// <summary>2048.</summary>
    public int Length => InceptionNetwork.Length;

    internal WeightSet Weights => _network.Weights;

    /// <summary>Reads the published weights. libtorch must be loaded.</summary>
    /// <param name="path">pytorch-fid's file, or a safetensors file with the same names.</param>
    /// <param name="device">Where to compute. Default the CPU.</param>
    /// <returns>The network; the caller disposes it.</returns>
    /// <exception cref="FileFormatException">The file is damaged or holds other weights; what does not fit is told at once.</exception>
    /// <exception cref="UnderpaintException">The file is missing or cannot be read.</exception>
    public static InceptionFeatures Load(string path, Device? device = null)
    {
        var features = new InceptionFeatures();
        try
        {
            PretrainedWeights.Load(path, features._network.Weights, InceptionNetwork.IsSpare, device);
            return features;
        }
        catch
        {
            features.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="UnderpaintException">The images' sizes differ.</exception>
    public float[] FeaturesOf(IReadOnlyList<PixelImage> images)
    {
        using var noGradients = no_grad();
        var features = new float[images.Count * Length];
        for (int first = 0; first < images.Count; first += ImagesAtOnce)
        {
            using var scope = NewDisposeScope();
            Tensor batch = RgbTensors.Of([.. images.Skip(first).Take(ImagesAtOnce)], _network.Weights.Values.device);
            Tensor last = _network.Outputs(batch).Last().flatten();
            last.cpu().data<float>().ToArray().CopyTo(features, first * Length);
        }
        return features;
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _network.Dispose();
}
