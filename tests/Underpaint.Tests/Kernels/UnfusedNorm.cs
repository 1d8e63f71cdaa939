using static TorchSharp.torch;

namespace Underpaint.Tests.Kernels;

/// <summary>The fused normalisation spelled out in float64, its gradients by automatic differentiation.</summary>
internal sealed class UnfusedNorm
{
    public UnfusedNorm(NormCase inputs, ReadOnlySpan<float> mask)
    {
        using var scope = NewDisposeScope();
        var shape = inputs.Shape;
        long[] grouped = [shape.Images, shape.Pixels, shape.Groups, shape.GroupChannels];
        long[] whole = [shape.Images, shape.Pixels, shape.Channels];
        long[] row = [inputs.PerImage ? shape.Images : 1, 1, shape.Channels];
        Tensor x = Variable(inputs.X, whole), gain = Variable(inputs.Gain, row), offset = Variable(inputs.Offset, row);

        Tensor groups = x.reshape(grouped);
        Tensor mean = groups.mean([1, 3], keepdim: true);
        Tensor scale = ((groups - mean).square().mean([1, 3], keepdim: true) + 1e-5).rsqrt();
        Tensor normalised = ((groups - mean) * scale).reshape(whole);
        Tensor z = normalised * gain + offset;
        z.retain_grad();
        Tensor y = (inputs.Silu ? nn.functional.silu(z) : z) * tensor(mask.ToArray(), whole, ScalarType.Float64);
        (y * tensor(inputs.ResultGradient, whole, ScalarType.Float64)).sum().backward();

        (Y, Means, Scales) = (Values(y), Values(mean), Values(scale));
        (Gradient, GainGradient, OffsetGradient) = (Values(x.grad!), Values(gain.grad!), Values(offset.grad!));

        // Where a group hardly varies, results are small differences of large terms; these are the terms.
        double scaled = Largest((groups * scale).reshape(whole)), dz = Largest(z.grad!);
        LargestTerm = Math.Max(1, scaled * Largest(gain));
        LargestGradientTerm = Math.Max(1, scaled) * Largest((z.grad! * gain).reshape(grouped) * scale);
        LargestMoment = Math.Max(1, scaled) * dz;
    }

    public double[] Y { get; }

    public double[] Means { get; }

    public double[] Scales { get; }

    public double[] Gradient { get; }

    public double[] GainGradient { get; }

    public double[] OffsetGradient { get; }

    public double LargestTerm { get; }

    public double LargestGradientTerm { get; }

    public double LargestMoment { get; }

    private static Tensor Variable(float[] values, long[] shape) => tensor(values, shape, ScalarType.Float64).requires_grad_();

    private static double[] Values(Tensor tensor) => tensor.detach().contiguous().data<double>().ToArray();

    private static double Largest(Tensor tensor) => tensor.abs().max().item<double>();
}
