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

    public Tensor Apply(Tensor x) => nn.functional.linear(x, _weight.As(x.dtype).squeeze(2), _bias.As(x.dtype));

    /// <summary>
    /// Its queries (part 0), keys (1) or values (2) alone: (N, T, inputs) → (N, T, outputs / 3). Heads are outermost among the
    /// outputs, and inside each head stand its queries, keys and values.
    /// </summary>
    public Tensor Apply(Tensor x, int part, int heads)
    {
        Tensor Rows(Weight all, params long[] rest) => all.As(x.dtype).view([heads, 3, -1, .. rest]).select(1, part).reshape([-1, .. rest]);
        return nn.functional.linear(x, Rows(_weight, x.size(2)), Rows(_bias));
    }
}
