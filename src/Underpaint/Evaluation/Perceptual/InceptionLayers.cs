using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Perceptual;

/// <summary>Part of a network, for inference: (N, C, H, W) → (N, C′, H′, W′). The result is a new tensor.</summary>
internal delegate Tensor InceptionLayer(Tensor x);

/// <summary>What Inception is made of.</summary>
internal static class InceptionLayers
{
    private const double Epsilon = 1e-3;

    /// <summary>Max pooling in windows of 3×3.</summary>
    public static InceptionLayer MaxPool(int stride, int padding = 0) =>
        x => nn.functional.max_pool2d(x, [3, 3], strides: [stride, stride], padding: [padding, padding]);

    /// <summary>Means of windows of 3×3; of those at the border, only over what lies inside.</summary>
    public static Tensor AveragePool(Tensor x) =>
        nn.functional.avg_pool2d(x, [3, 3], stride: [1, 1], padding: [1, 1], count_include_pad: false);

    /// <summary>A convolution with a square kernel, batch normalisation and ReLU.</summary>
    public static InceptionLayer Convolve(WeightScope scope, int inputs, int outputs, int kernel = 1, int stride = 1, int padding = 0) =>
        Convolve(scope, inputs, outputs, [kernel, kernel], [stride, stride], [padding, padding]);

    /// <summary>A convolution with an oblong kernel that keeps the resolution, batch normalisation and ReLU.</summary>
    public static InceptionLayer ConvolveOblong(WeightScope scope, int inputs, int outputs, int height, int width) =>
        Convolve(scope, inputs, outputs, [height, width], [1, 1], [height / 2, width / 2]);

    /// <summary>One after the other.</summary>
    public static InceptionLayer Chain(params InceptionLayer[] layers) => x =>
    {
        Tensor last = x;
        foreach (InceptionLayer layer in layers)
        {
            Tensor next = layer(last);
            if (!ReferenceEquals(last, x))
                last.Dispose();
            last = next;
        }
        return last;
    };

    /// <summary>Side by side, from the same input; the results' channels one after the other.</summary>
    public static InceptionLayer Beside(params InceptionLayer[] layers) => x =>
    {
        using var scope = NewDisposeScope();
        return cat([.. layers.Select(layer => layer(x))], 1).MoveToOuterDisposeScope();
    };

    private static InceptionLayer Convolve(WeightScope scope, int inputs, int outputs, int[] kernel, long[] strides, long[] padding)
    {
        Weight weight = scope["conv"].Declare("weight", WeightInitialization.Zero, outputs, inputs, kernel[0], kernel[1]);
        Weight Norm(string name) => scope["bn"].Declare(name, WeightInitialization.Zero, outputs);
        Weight gain = Norm("weight"), offset = Norm("bias"), mean = Norm("running_mean"), variance = Norm("running_var");
        bool isPointwise = kernel is [1, 1];
        return x =>
        {
            using Tensor h = isPointwise ? PixelProduct.Of(x, weight.Value) : nn.functional.conv2d(x, weight.Value, strides: strides, padding: padding);
            return nn.functional.batch_norm(h, mean.Value, variance.Value, gain.Value, offset.Value, eps: Epsilon).relu_();
        };
    }
}
