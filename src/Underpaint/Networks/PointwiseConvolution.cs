using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>A 1-D convolution with kernel 1 and bias: (N, inputs, T) → (N, outputs, T).</summary>
internal sealed class PointwiseConvolution
{
    private readonly Weight _weight;
    private readonly Weight _bias;

    public PointwiseConvolution(WeightScope scope, int inputs, int outputs, bool zero = false)
    {
        var initialization = zero ? WeightInitialization.Zero : WeightInitialization.Uniform(inputs);
        _weight = scope.Declare("weight", initialization, outputs, inputs, 1);
        _bias = scope.Declare("bias", initialization, outputs);
    }

    public Tensor Apply(Tensor x) => nn.functional.conv1d(x, _weight.Value, _bias.Value);
}
