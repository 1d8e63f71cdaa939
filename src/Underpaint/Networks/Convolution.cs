using TorchSharp;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>A 2-D convolution with bias, stride 1, that keeps the resolution: (N, inputs, H, W) → (N, outputs, H, W).</summary>
internal sealed class Convolution
{
    private readonly Weight _weight;
    private readonly Weight _bias;
    private readonly int _padding;

    public Convolution(WeightScope scope, int inputs, int outputs, int kernel = 3, bool zero = false)
    {
        var initialization = zero ? WeightInitialization.Zero : WeightInitialization.Uniform((long)inputs * kernel * kernel);
        _weight = scope.Declare("weight", initialization, outputs, inputs, kernel, kernel);
        _bias = scope.Declare("bias", initialization, outputs);
        _padding = kernel / 2;
    }

    public Value Apply(Tape tape, Value x)
    {
        bool isRisky = _padding > 0 && x.WantsGradient && x.Data.dtype == ScalarType.Float32 && x.Data.device_type == DeviceType.CPU;
        if (!isRisky)
            return tape.Apply(inputs => Apply(inputs[0]), x);
        Value y = tape.Apply(inputs => Apply(inputs[0]), Tape.Constant(x.Data));
        return tape.Push(y.Data.detach(), gradient =>
        {
            y.AddGradient(gradient);
            x.AddGradient(GradientOfInput(gradient));
        });
    }

    // The gradient of the input is the convolution of the output's with the kernel turned round. libtorch has a routine of its own for it,
    // oneDNN's brgemm_convolution_bwd; but in float32, with two threads in it at once, that now and then writes through a null pointer.
    private Tensor GradientOfInput(Tensor gradient)
    {
        using var noGradients = no_grad();
        Tensor turned = _weight.Value.detach().flip(2, 3).transpose(0, 1);  // (inputs, outputs, kernel, kernel)
        return nn.functional.conv2d(gradient, turned, padding: [_padding, _padding]);
    }

    /// <summary>Changes the weights so that every output becomes scale · (output − origin), with an origin for each: (outputs).</summary>
    public void Transform(double scale, Tensor origin)
    {
        using Scalar factor = scale;
        _weight.Value.mul_(factor);
        _bias.Value.sub_(origin).mul_(factor);
    }

    /// <summary>Computes in the type of its input.</summary>
    public Tensor Apply(Tensor x) => _padding == 0
        ? PixelProduct.Of(x, _weight.As(x.dtype), _bias.As(x.dtype))
        : nn.functional.conv2d(x, _weight.As(x.dtype), _bias.As(x.dtype), padding: [_padding, _padding]);
}
