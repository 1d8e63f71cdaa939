using TorchSharp;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

/// <summary>The fused kernel in the graph, against libtorch's operations in float64.</summary>
public sealed class NormalizationTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Generator _random = new(7);

    public void Dispose()
    {
        _random.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(1, 32, 4, 8)]
    [InlineData(2, 48, 5, 3)]
    [InlineData(3, 6, 1, 2)]
    public void Value_and_gradients_are_those_of_the_unfused_graph(int images, int channels, int size, int groups)
    {
        foreach (int rows in new[] { 1, images })
        {
            Tensor x = Random(images, channels, size, size), affine = Random(2, rows, channels), gradient = Random(images, channels, size, size);
            var (value, gradientOfX, gradientOfAffine) = Fused(x, affine, gradient, groups, ScalarType.Float32);

            Tensor x64 = x.to(ScalarType.Float64).requires_grad_(), affine64 = affine.to(ScalarType.Float64).requires_grad_();
            Tensor expected = Normalization.Unfused(x64, affine64, groups, silu: true, default);
            expected.backward([gradient.to(ScalarType.Float64)]);

            Close(expected, value, 1e-5);
            Close(x64.grad!, gradientOfX, 1e-5);
            Close(affine64.grad!, gradientOfAffine, 1e-5);
        }
    }

    [Fact]
    public void A_gradient_that_arrived_before_is_kept()
    {
        Tensor weight = Random(2, 8, 3, 3).requires_grad_(), affine = Random(2, 1, 8);
        using var tape = Tape.Record();
        Value x = tape.Apply(_ => weight + 0);
        Value y = tape.AddInto(Normalization.Apply(tape, x, Tape.Constant(affine), 4, silu: true), x);
        tape.Backward(y, ones_like(weight));

        Tensor again = weight.detach().to(ScalarType.Float64).requires_grad_();
        Tensor expected = again + Normalization.Unfused(again, affine.to(ScalarType.Float64), 4, silu: true, default);
        expected.sum().backward();
        Close(again.grad!, weight.grad!, 1e-5);
    }

    [Fact]
    public void In_bfloat16_it_rounds_once()
    {
        Tensor x = Random(2, 32, 4, 4).to(ScalarType.BFloat16).to(ScalarType.Float32), affine = Random(2, 1, 32);
        Tensor exact = Normalization.Unfused(x, affine, 8, silu: true, default);
        Tensor rounded = Normalization.Apply(Tape.None, Tape.Constant(x.to(ScalarType.BFloat16)), Tape.Constant(affine), 8, silu: true).Data;
        Assert.Equal(ScalarType.BFloat16, rounded.dtype);
        Assert.True(((rounded.to(ScalarType.Float32) - exact).abs() <= exact.abs() / 256 + 1e-6).all().ToBoolean());
    }

    private static (Tensor Value, Tensor X, Tensor Affine) Fused(Tensor x, Tensor affine, Tensor gradient, int groups, ScalarType type)
    {
        Tensor weight = x.to(type).clone().requires_grad_(), map = affine.clone().requires_grad_();
        using var tape = Tape.Record();
        Value y = Normalization.Apply(tape, tape.Apply(_ => weight * 1), tape.Apply(_ => map * 1), groups, silu: true);
        Tensor value = y.Data.clone();
        tape.Backward(y, gradient.to(type));
        return (value, weight.grad!, map.grad!);
    }

    private Tensor Random(params long[] shape) => randn(shape, generator: _random);

    private static void Close(Tensor expected, Tensor actual, double tolerance)
    {
        double largest = expected.abs().max().ToDouble(), difference = (expected - actual.to(ScalarType.Float64)).abs().max().ToDouble();
        Assert.True(difference <= tolerance * largest, $"{difference} of {largest}");
    }
}
