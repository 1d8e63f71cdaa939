using Underpaint.Networks;
using static TorchSharp.torch;
using static Underpaint.Evaluation.Perceptual.InceptionLayers;

namespace Underpaint.Evaluation.Perceptual;

/// <summary>
/// Inception-v3 (Szegedy et al. 2016) in the form whose features FID is defined on: the network of 2015-12-05, ported by
/// pytorch-fid. It differs from torchvision's in its pooling: means leave out the padding, and the last block takes maxima.
/// </summary>
internal sealed class InceptionNetwork : IDisposable
{
    /// <summary>Numbers that the network makes of an image.</summary>
    public const int Length = 2048;

    private readonly InceptionLayer[] _stages;

    public InceptionNetwork()
    {
        WeightScope root = Weights.Root;
        _stages =
        [
            Chain(
                Convolve(root["Conv2d_1a_3x3"], 3, 32, kernel: 3, stride: 2),
                Convolve(root["Conv2d_2a_3x3"], 32, 32, kernel: 3),
                Convolve(root["Conv2d_2b_3x3"], 32, 64, kernel: 3, padding: 1),
                MaxPool(stride: 2)),
            Chain(
                Convolve(root["Conv2d_3b_1x1"], 64, 80),
                Convolve(root["Conv2d_4a_3x3"], 80, 192, kernel: 3),
                MaxPool(stride: 2)),
            Chain(
                BlockA(root["Mixed_5b"], 192, pooled: 32),
                BlockA(root["Mixed_5c"], 256, pooled: 64),
                BlockA(root["Mixed_5d"], 288, pooled: 64),
                BlockB(root["Mixed_6a"], 288),
                BlockC(root["Mixed_6b"], 128),
                BlockC(root["Mixed_6c"], 160),
                BlockC(root["Mixed_6d"], 160),
                BlockC(root["Mixed_6e"], 192)),
            Chain(
                BlockD(root["Mixed_7a"]),
                BlockE(root["Mixed_7b"], 1280, AveragePool),
                BlockE(root["Mixed_7c"], Length, MaxPool(stride: 1, padding: 1)),
                x => x.mean([2, 3], keepdim: true)),
        ];
    }

    /// <summary>All weights, with pytorch-fid's names.</summary>
    public WeightSet Weights { get; } = new();

    /// <summary>Whether pytorch-fid's file may hold this tensor besides: its last layer, and counters that only training uses.</summary>
    public static bool IsSpare(string name) =>
        name is "fc.weight" or "fc.bias" || name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    /// <summary>The outputs of the four stages, of 64, 192, 768 and 2048 channels, the last (N, 2048, 1, 1); in the current dispose scope.</summary>
    /// <param name="images">(N, 3, H, W) in [0, 1]; resized here.</param>
    public IEnumerable<Tensor> Outputs(Tensor images)
    {
        Tensor x = Prepared(images);
        foreach (InceptionLayer stage in _stages)
            yield return x = stage(x);
    }

    public void Dispose() => Weights.Dispose();

    // Bilinear without antialiasing, whatever the size, as the published figures are made; then [−1, 1].
    private static Tensor Prepared(Tensor images)
    {
        const int Side = 299;
        using TorchSharp.Scalar two = 2, one = 1, minusOne = -1;
        Tensor resized = nn.functional.interpolate(images, [Side, Side], mode: InterpolationMode.Bilinear, align_corners: false);
        return resized.mul_(two).add_(minusOne, one).ToChannelsLast();
    }

    private static InceptionLayer BlockA(WeightScope scope, int inputs, int pooled) => Beside(
        Convolve(scope["branch1x1"], inputs, 64),
        Chain(
            Convolve(scope["branch5x5_1"], inputs, 48),
            Convolve(scope["branch5x5_2"], 48, 64, kernel: 5, padding: 2)),
        Chain(
            Convolve(scope["branch3x3dbl_1"], inputs, 64),
            Convolve(scope["branch3x3dbl_2"], 64, 96, kernel: 3, padding: 1),
            Convolve(scope["branch3x3dbl_3"], 96, 96, kernel: 3, padding: 1)),
        Chain(AveragePool, Convolve(scope["branch_pool"], inputs, pooled)));

    private static InceptionLayer BlockB(WeightScope scope, int inputs) => Beside(
        Convolve(scope["branch3x3"], inputs, 384, kernel: 3, stride: 2),
        Chain(
            Convolve(scope["branch3x3dbl_1"], inputs, 64),
            Convolve(scope["branch3x3dbl_2"], 64, 96, kernel: 3, padding: 1),
            Convolve(scope["branch3x3dbl_3"], 96, 96, kernel: 3, stride: 2)),
        MaxPool(stride: 2));

    private static InceptionLayer BlockC(WeightScope scope, int width) => Beside(
        Convolve(scope["branch1x1"], 768, 192),
        Chain(
            Convolve(scope["branch7x7_1"], 768, width),
            ConvolveOblong(scope["branch7x7_2"], width, width, 1, 7),
            ConvolveOblong(scope["branch7x7_3"], width, 192, 7, 1)),
        Chain(
            Convolve(scope["branch7x7dbl_1"], 768, width),
            ConvolveOblong(scope["branch7x7dbl_2"], width, width, 7, 1),
            ConvolveOblong(scope["branch7x7dbl_3"], width, width, 1, 7),
            ConvolveOblong(scope["branch7x7dbl_4"], width, width, 7, 1),
            ConvolveOblong(scope["branch7x7dbl_5"], width, 192, 1, 7)),
        Chain(AveragePool, Convolve(scope["branch_pool"], 768, 192)));

    private static InceptionLayer BlockD(WeightScope scope) => Beside(
        Chain(
            Convolve(scope["branch3x3_1"], 768, 192),
            Convolve(scope["branch3x3_2"], 192, 320, kernel: 3, stride: 2)),
        Chain(
            Convolve(scope["branch7x7x3_1"], 768, 192),
            ConvolveOblong(scope["branch7x7x3_2"], 192, 192, 1, 7),
            ConvolveOblong(scope["branch7x7x3_3"], 192, 192, 7, 1),
            Convolve(scope["branch7x7x3_4"], 192, 192, kernel: 3, stride: 2)),
        MaxPool(stride: 2));

    private static InceptionLayer BlockE(WeightScope scope, int inputs, InceptionLayer pool) => Beside(
        Convolve(scope["branch1x1"], inputs, 320),
        Chain(
            Convolve(scope["branch3x3_1"], inputs, 384),
            Beside(
                ConvolveOblong(scope["branch3x3_2a"], 384, 384, 1, 3),
                ConvolveOblong(scope["branch3x3_2b"], 384, 384, 3, 1))),
        Chain(
            Convolve(scope["branch3x3dbl_1"], inputs, 448),
            Convolve(scope["branch3x3dbl_2"], 448, 384, kernel: 3, padding: 1),
            Beside(
                ConvolveOblong(scope["branch3x3dbl_3a"], 384, 384, 1, 3),
                ConvolveOblong(scope["branch3x3dbl_3b"], 384, 384, 3, 1))),
        Chain(pool, Convolve(scope["branch_pool"], inputs, 192)));
}
