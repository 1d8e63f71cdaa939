using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// A 1-D convolution with kernel 1 and bias, as Diff-AE's attention has it: with channels last a linear layer over pixels,
/// (N, T, inputs) → (N, T, outputs).
/// </summary>
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

    /// <summary>The weight, (outputs, inputs), float32.</summary>
    public Tensor Matrix => MatrixOf(_weight.Value);

    /// <summary>The bias, (outputs), float32.</summary>
    public Tensor Bias => _bias.Value;

    /// <summary>Computes in the type of its input.</summary>
    public Tensor Apply(Tensor x) => PixelProduct.OfRows(x, MatrixOf(_weight.As(x.dtype)), _bias.As(x.dtype));

    /// <summary>Adds to the gradients of weight and bias, and returns that of <paramref name="x"/>; on the CPU.</summary>
    /// <param name="x">The input, (N, T, inputs).</param>
    /// <param name="gradient">Of the output, (N, T, outputs), contiguous.</param>
    public Tensor Backward(Tensor x, Tensor gradient)
    {
        Tensor rows = gradient.flatten(0, 1);
        MatrixOf(_weight.As(x.dtype).grad!).addmm_(rows.t(), x.flatten(0, 1), 1, 1);
        // libtorch takes as long for these sums as for the product above.
        Span<float> bias = _bias.Value.grad!.Floats();
        if (x.dtype == ScalarType.BFloat16)
            ColumnSum.Add<BFloat16Element>(rows.Memory<BFloat16Element>(), bias);
        else
            ColumnSum.Add<Float32Element>(rows.Memory<Float32Element>(), bias);
        return gradient.matmul(MatrixOf(_weight.As(x.dtype)));
    }

    private static Tensor MatrixOf(Tensor weight) => weight.squeeze(2);
}
