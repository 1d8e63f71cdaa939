using TorchSharp;
using Underpaint.Machine;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

public sealed class ConvolutionTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(1, 3, 5, 4)]
    [InlineData(1, 512, 24, 4)]
    [InlineData(3, 3, 5, 4)]
    [InlineData(3, 32, 16, 7)]
    [InlineData(3, 1, 1, 1)]
    public void Its_float32_gradients_are_those_of_libtorch_in_float64(int kernel, int inputs, int outputs, int size)
    {
        using var weights = new WeightSet();
        var convolution = new Convolution(weights.Root, inputs, outputs, kernel);
        weights.Initialize(seed: 3);
        weights.Train();
        Tensor image = randn(2, inputs, size, size), arriving = randn(2, outputs, size, size);

        using var tape = Tape.Record();
        Tensor start = image.clone();
        start.requires_grad = true;
        Value x = tape.Apply(_ => start.alias());
        tape.Backward(convolution.Apply(tape, x), arriving);

        Tensor exact = image.@double(), kernels = weights.All[0].Value.detach().@double(), bias = weights.All[1].Value.detach().@double();
        foreach (Tensor leaf in new[] { exact, kernels, bias })
            leaf.requires_grad = true;
        nn.functional.conv2d(exact, kernels, bias, padding: [kernel / 2, kernel / 2]).backward([arriving.@double()]);
        Assert.Equal(0, Largest(start.grad! - exact.grad!), 1e-4);
        Assert.Equal(0, Largest(weights.All[0].Value.grad! - kernels.grad!), 1e-3);
        Assert.Equal(0, Largest(weights.All[1].Value.grad! - bias.grad!), 1e-4);
    }

    // What a forward pass computes is libtorch's; but its libraries have been wrong for some shapes, without an error.
    [Theory]
    [InlineData(Precision.Float32, 1)]
    [InlineData(Precision.Float32, 3)]
    [InlineData(Precision.BFloat16, 1)]
    [InlineData(Precision.BFloat16, 3)]
    public void Every_number_of_outputs_is_computed_right(Precision precision, int kernel)
    {
        ScalarType type = precision == Precision.Float32 ? ScalarType.Float32 : ScalarType.BFloat16;
        foreach (int outputs in (int[])[1, 3, 32, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 768])
        {
            using var scope = NewDisposeScope();
            using var weights = new WeightSet(precision);
            var convolution = new Convolution(weights.Root, inputs: 24, outputs, kernel);
            weights.Initialize(seed: 3);
            Tensor image = randn(3, 24, 9, 9).ToChannelsLast().to(type);
            Tensor kernels = weights.All[0].As(type).@double(), bias = weights.All[1].As(type).@double();
            Tensor exact = nn.functional.conv2d(image.@double(), kernels, bias, padding: [kernel / 2, kernel / 2]);
            double distance = (convolution.Apply(image).@double() - exact).norm().ToDouble() / exact.norm().ToDouble();
            Assert.True(distance < (type == ScalarType.Float32 ? 1e-5 : 5e-3), $"{outputs} outputs: {distance:e1} away");
        }
    }

    private static double Largest(Tensor difference) => difference.abs().max().ToDouble();
}
