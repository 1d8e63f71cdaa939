using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Perceptual;

/// <summary>
/// The convolutions of torchvision's AlexNet (Krizhevsky 2014) or VGG-16 (Simonyan and Zisserman 2015), divided into the five
/// stages whose last outputs LPIPS compares.
/// </summary>
internal sealed class LpipsBackbone : IDisposable
{
    private readonly IReadOnlyList<Stage> _stages;

    public LpipsBackbone(LpipsNetwork network) =>
        _stages = network == LpipsNetwork.AlexNet ? AlexNet(Weights.Root["features"]) : Vgg16(Weights.Root["features"]);

    /// <summary>All weights, with torchvision's names.</summary>
    public WeightSet Weights { get; } = new();

    /// <summary>Channels of each stage's output.</summary>
    public IEnumerable<int> Channels => _stages.Select(stage => stage.Convolutions[^1].Outputs);

    /// <summary>Whether the file of the whole classifier may hold this tensor besides.</summary>
    public static bool IsSpare(string name) => name.StartsWith("classifier.", StringComparison.Ordinal);

    /// <summary>The stages' outputs, (N, channels, H′, W′) each; in the current dispose scope.</summary>
    /// <param name="images">(N, 3, H, W).</param>
    public IEnumerable<Tensor> Outputs(Tensor images)
    {
        Tensor x = images;
        foreach (Stage stage in _stages)
        {
            if (stage.Pool > 0)
                x = nn.functional.max_pool2d(x, [stage.Pool, stage.Pool], strides: [2, 2]);
            foreach (RectifiedConvolution convolution in stage.Convolutions)
                x = convolution.Apply(x);
            yield return x;
        }
    }

    public void Dispose() => Weights.Dispose();

    private static Stage[] AlexNet(WeightScope features) =>
    [
        new(0, new RectifiedConvolution(features[0], 3, 64, kernel: 11, stride: 4, padding: 2)),
        new(3, new RectifiedConvolution(features[3], 64, 192, kernel: 5, padding: 2)),
        new(3, new RectifiedConvolution(features[6], 192, 384)),
        new(0, new RectifiedConvolution(features[8], 384, 256)),
        new(0, new RectifiedConvolution(features[10], 256, 256)),
    ];

    private static Stage[] Vgg16(WeightScope features) =>
    [
        new(0, new(features[0], 3, 64), new(features[2], 64, 64)),
        new(2, new(features[5], 64, 128), new(features[7], 128, 128)),
        new(2, new(features[10], 128, 256), new(features[12], 256, 256), new(features[14], 256, 256)),
        new(2, new(features[17], 256, 512), new(features[19], 512, 512), new(features[21], 512, 512)),
        new(2, new(features[24], 512, 512), new(features[26], 512, 512), new(features[28], 512, 512)),
    ];

    /// <summary>Perhaps a max pooling (its window; stride 2), and then convolutions.</summary>
    private sealed record Stage(int Pool, params RectifiedConvolution[] Convolutions);
}
