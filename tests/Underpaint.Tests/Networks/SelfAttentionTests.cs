using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

/// <summary>Attention and its gradient by hand, against libtorch's own in float64.</summary>
public class SelfAttentionTests
{
    [Fact]
    public void Value_and_gradient_are_those_of_the_unfused_graph() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 3).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), HeadsAndWidth().ToArbitrary(), (images, positions, shape) =>
        {
            AssertAgrees(images, positions, shape.Heads, shape.Width, ScalarType.Float32, 2e-6);
            AssertAgrees(images, positions, shape.Heads, shape.Width, ScalarType.BFloat16, 0.02);
        }));

    private static Gen<(int Heads, int Width)> HeadsAndWidth() => Gen.Zip(Gen.Choose(1, 4), Gen.Choose(1, 20)).Select(pair => (pair.Item1, pair.Item2));

    private static void AssertAgrees(int images, int positions, int heads, int width, ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)(images * 10_000 + positions * 100 + heads * width));
        Tensor Random(int channels) => randn([images, positions, channels], generator: random).to(type);
        Tensor projections = Random(3 * heads * width), gradient = Random(heads * width);

        (Tensor gathered, Tensor shares) = SelfAttention.Forward(projections, heads);
        Tensor result = SelfAttention.Backward(projections, shares, gradient, heads);

        Tensor exact = projections.to(ScalarType.Float64).requires_grad_();
        Tensor[] parts = [.. exact.view(images, positions, heads, 3, width).permute(3, 0, 2, 1, 4).unbind()];
        Tensor expected = (parts[0].matmul(parts[1].transpose(2, 3)) / Math.Sqrt(width)).softmax(-1).matmul(parts[2]).transpose(1, 2).flatten(2);
        expected.backward([gradient.to(ScalarType.Float64)]);
        Close(expected, gathered, tolerance);
        Close(exact.grad!, result, tolerance);
    }

    private static void Close(Tensor expected, Tensor actual, double tolerance) =>
        Assert.True(((actual.to(ScalarType.Float64) - expected).norm() <= tolerance * expected.norm() + 1e-6).ToBoolean());
}
