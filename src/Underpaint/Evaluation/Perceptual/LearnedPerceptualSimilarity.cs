using TorchSharp;
using Underpaint.Data.Images;
using Underpaint.Evaluation.Metrics;
using Underpaint.Kernels;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Perceptual;

/// <summary>
/// The learned perceptual similarity (LPIPS) of an image and its reconstruction (Zhang, Isola, Efros, Shechtman and Wang 2018), as
/// version 0.1 of the authors' program has it: inner layers of a classifier are compared, weighed by what people found similar. 0
/// for identical images; the larger, the worse. Dispose it.
/// </summary>
public sealed class LearnedPerceptualSimilarity : IImageMeasure, IDisposable
{
    // As many pixels as keep VGG's first layers below some 100 MB.
    private const int PixelsAtOnce = 1 << 17;

    private readonly LpipsBackbone _backbone;
    private readonly WeightSet _headWeights = new();
    private readonly Weight[] _heads;
    private readonly Lazy<string> _identity;

    internal LearnedPerceptualSimilarity(LpipsNetwork network)
    {
        Network = network;
        _backbone = new(network);
        _heads = [.. _backbone.Channels.Select((channels, i) =>
            _headWeights.Root[$"lin{i}"]["model"][1].Declare("weight", WeightInitialization.Zero, 1, channels, 1, 1))];
        _identity = new(() => WeightsIdentity.Of(_backbone.Weights.ToArray(), _headWeights.ToArray()));
    }

    /// <summary>The classifier that is looked into.</summary>
    public LpipsNetwork Network { get; }

    /// <summary>Width and height of the smallest image, in pixels: 31 for AlexNet, 16 for VGG-16.</summary>
    public int SmallestSide => Network == LpipsNetwork.AlexNet ? 31 : 16;

    /// <summary>"LPIPS (AlexNet)" or "LPIPS (VGG-16)".</summary>
    public string Name => NameOf(Network);

    /// <summary>What the figure is, and by which weights.</summary>
    public Metric Metric => OutlineOf(Network) with
    {
        Definition = $"{Name}: lpips 0.1; outputs of five stages of the network (trained on ImageNet), of unit length at each position; squared "
            + $"differences weighed by the learned linear heads; mean over positions, sum over stages; grey repeated as RGB; weights {_identity.Value}",
        Version = WeightsIdentity.VersionOf(_identity.Value),
    };

    /// <summary>The metric as far as it does not depend on weights.</summary>
    /// <param name="network">Which classifier.</param>
    internal static Metric OutlineOf(LpipsNetwork network) => new()
    {
        Key = network == LpipsNetwork.AlexNet ? "lpipsAlex" : "lpipsVgg",
        Name = NameOf(network),
        Aspect = network == LpipsNetwork.AlexNet ? "likeness to people" : "",
        Better = Better.Lower,
        Definition = NameOf(network),
    };

    internal WeightSet BackboneWeights => _backbone.Weights;

    internal WeightSet HeadWeights => _headWeights;

    /// <summary>Reads the published weights. libtorch must be loaded.</summary>
    /// <param name="network">Which classifier.</param>
    /// <param name="backbonePath">torchvision's file of the classifier, or a safetensors file with the same names.</param>
    /// <param name="headsPath">The lpips package's file of the linear heads, or a safetensors file with the same names.</param>
    /// <param name="device">Where to compute. Default the CPU.</param>
    /// <returns>The metric; the caller disposes it.</returns>
    /// <exception cref="FileFormatException">A file is damaged or holds other weights; what does not fit is told at once.</exception>
    /// <exception cref="UnderpaintException">A file is missing or cannot be read.</exception>
    public static LearnedPerceptualSimilarity Load(
        LpipsNetwork network, string backbonePath, string headsPath, Device? device = null)
    {
        var metric = new LearnedPerceptualSimilarity(network);
        try
        {
            PretrainedWeights.Load(headsPath, metric._headWeights, _ => false, device);
            PretrainedWeights.Load(backbonePath, metric._backbone.Weights, LpipsBackbone.IsSpare, device);
            return metric;
        }
        catch
        {
            metric.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> MetricsFor(int width, int height) => [Metric];

    /// <inheritdoc/>
    public IReadOnlyList<double[]> Measure(IReadOnlyList<PixelImage> originals, IReadOnlyList<PixelImage> pictures) =>
        [.. Of(originals, pictures).Select(distance => new[] { distance })];

    /// <summary>The distance of one image and its reconstruction.</summary>
    /// <param name="a">One image, at least <see cref="SmallestSide"/> pixels wide and high.</param>
    /// <param name="b">The other, of the same size and channels.</param>
    /// <returns>0 or more; symmetric in the two images.</returns>
    /// <exception cref="UnderpaintException">The sizes or channels differ, or the images are too small.</exception>
    public double Of(PixelImage a, PixelImage b) => Of([a], [b])[0];

    /// <summary>The distances of many images and their reconstructions, all of one size; faster than one by one.</summary>
    /// <param name="a">The images.</param>
    /// <param name="b">As many others, each of the same size and channels.</param>
    /// <returns>A distance for each pair.</returns>
    /// <exception cref="UnderpaintException">Sizes or channels differ, or the images are too small.</exception>
    public double[] Of(IReadOnlyList<PixelImage> a, IReadOnlyList<PixelImage> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Count, a.Count);
        foreach (var (one, other) in a.Zip(b))
        {
            ImagePlanes.RequireSameSize(one, other);
            ImagePlanes.RequireSide(Name, SmallestSide, one.Width, one.Height, "Compare larger images, or use MS-SSIM.");
        }
        var distances = new List<double>(a.Count);
        for (int first = 0, count; first < a.Count; first += count)
        {
            count = Math.Clamp(PixelsAtOnce / (a[first].Width * a[first].Height), 1, a.Count - first);
            using var scope = NewDisposeScope();
            Device device = _headWeights.Values.device;
            Tensor left = RgbTensors.Of([.. a.Skip(first).Take(count)], device), right = RgbTensors.Of([.. b.Skip(first).Take(count)], device);
            distances.AddRange(OfUnitRange(left, right).Select(stages => (double)stages.Sum()));
        }
        return [.. distances];
    }

    /// <summary>Each pair's terms, stage by stage.</summary>
    /// <param name="a">(N, 3, H, W) in [0, 1].</param>
    /// <param name="b">As many others.</param>
    internal float[][] OfUnitRange(Tensor a, Tensor b)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        int count = (int)a.size(0);
        var terms = Enumerable.Range(0, count).Select(_ => new float[_heads.Length]).ToArray();
        int stage = 0;
        // One set of images after the other, so that identical ones have the same bits.
        foreach (var (left, right) in _backbone.Outputs(Scaled(a)).Zip(_backbone.Outputs(Scaled(b))))
        {
            Tensor difference = Unit(left) - Unit(right);                                             // (N, C, H, W)
            Tensor weighed = PixelProduct.Of(difference * difference, _heads[stage].Value);           // (N, 1, H, W)
            float[] means = weighed.mean([1, 2, 3]).cpu().data<float>().ToArray();
            for (int i = 0; i < count; i++)
                terms[i][stage] = means[i];
            stage++;
        }
        return terms;
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        _backbone.Dispose();
        _headWeights.Dispose();
    }

    internal static string NameOf(LpipsNetwork network) => network == LpipsNetwork.AlexNet ? "LPIPS (AlexNet)" : "LPIPS (VGG-16)";

    // [0, 1] to [−1, 1], and then to what the package calls its scaling layer.
    private static Tensor Scaled(Tensor images)
    {
        using Scalar two = 2, one = 1, minusOne = -1;
        Tensor shift = tensor([-0.030f, -0.088f, -0.188f], device: images.device).view(1, 3, 1, 1);
        Tensor scale = tensor([0.458f, 0.448f, 0.450f], device: images.device).view(1, 3, 1, 1);
        return (images.mul(two).add_(minusOne, one) - shift) / scale;
    }

    // Every position's channels as a vector of length 1; one without any activation stays 0.
    private static Tensor Unit(Tensor x)
    {
        Tensor epsilon = tensor(1e-10f, device: x.device);
        return x / (x * x).sum([1], keepdim: true).sqrt().Plus(epsilon);
    }
}
