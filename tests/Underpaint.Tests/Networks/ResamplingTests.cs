using TorchSharp;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

public sealed class ResamplingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(ScalarType.Float32, 6, 4)]
    [InlineData(ScalarType.BFloat16, 6, 4)]
    [InlineData(ScalarType.Float32, 7, 4)]
    [InlineData(ScalarType.BFloat16, 6, 5)]
    public void Halving_and_doubling_and_their_gradients_are_those_of_libtorch(ScalarType type, int height, int width)
    {
        AssertAgrees(Resampling.Halve, randn(3, 20, height, width).to(type), x => nn.functional.avg_pool2d(x, [2, 2]));
        AssertAgrees(Resampling.Double, randn(3, 20, height, width).to(type), x => nn.functional.upsample_nearest2d(x, scaleFactors: [2, 2]));
    }

    [Fact]
    public void Keeping_gives_the_same_value()
    {
        Value x = Tape.Constant(randn(1, 2, 4, 4));
        Assert.Same(x, Resampling.Keep.Apply(Tape.None, x));
    }

    private static void AssertAgrees(Resampling resampling, Tensor start, Func<Tensor, Tensor> libtorch)
    {
        Tensor reference = start.clone();
        reference.requires_grad = start.requires_grad = true;
        Tensor expected = libtorch(reference), arriving = randn_like(expected);
        expected.backward([arriving]);

        using var tape = Tape.Record();
        Value x = tape.Apply(_ => start.alias()), y = resampling.Apply(tape, x);
        double rounding = start.dtype == ScalarType.Float32 ? 1e-6 : 1.0 / 64;
        Assert.Equal(expected.shape, y.Data.shape);
        Assert.Equal(0, Largest(y.Data - expected), rounding);
        tape.Backward(y, arriving);
        Assert.Equal(0, Largest(start.grad! - reference.grad!), rounding);
    }

    private static double Largest(Tensor difference) => difference.abs().max().ToDouble();
}
