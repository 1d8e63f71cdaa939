using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Perceptual;

/// <summary>A convolution with bias, then ReLU, for inference: (N, inputs, H, W) → (N, outputs, H′, W′).</summary>
internal sealed class RectifiedConvolution
{
    private readonly Weight _weight;
    private readonly Weight _bias;
    private readonly int _stride;
    private readonly int _padding;

    public RectifiedConvolution(WeightScope scope, int inputs, int outputs, int kernel = 3, int stride = 1, int padding = 1)
    {
        _weight = scope.Declare("weight", WeightInitialization.Zero, outputs, inputs, kernel, kernel);
        _bias = scope.Declare("bias", WeightInitialization.Zero, outputs);
        (_stride, _padding, Outputs) = (stride, padding, outputs);
    }

    /// <summary>Channels of the result.</summary>
    public int Outputs { get; }

    public Tensor Apply(Tensor x) =>
        nn.functional.conv2d(x, _weight.Value, _bias.Value, strides: [_stride, _stride], padding: [_padding, _padding]).relu_();
}
