using TorchSharp;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

public sealed class ConvolutionTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(1, 3, 5, 4)]
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

    private static double Largest(Tensor difference) => difference.abs().max().ToDouble();
}
