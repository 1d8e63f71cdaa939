using TorchSharp;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

/// <summary>The fused kernels in the graph, against libtorch's operations in float64.</summary>
public sealed class GroupNormTests : IDisposable
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
        foreach (bool modulated in new[] { false, true })
        {
            Tensor x = Random(images, channels, size, size), gradient = Random(images, channels, size, size);
            Tensor? modulation = modulated ? Random(images, 3 * channels) : null;
            using var fused = new Norm(channels, groups);
            using var unfused = new Norm(channels, groups);

            Tensor ours = x.clone().requires_grad_();
            Tensor? ourModulation = modulation?.clone().requires_grad_();
            using var tape = Tape.Record();
            Value input = tape.Apply(_ => ours * 1);
            Value y = ourModulation is null
                ? fused.Layer.ApplySilu(tape, input)
                : fused.Layer.ApplySilu(tape, input, tape.Apply(_ => ourModulation * 1), dropout: null);
            Tensor value = y.Data.clone();
            tape.Backward(y, gradient);

            Tensor theirs = x.to(ScalarType.Float64).requires_grad_();
            Tensor? theirModulation = modulation?.to(ScalarType.Float64).requires_grad_();
            Tensor expected = unfused.Layer.Unfused(theirs, theirModulation, silu: true, mask: default);
            expected.backward([gradient.to(ScalarType.Float64)]);

            Close(expected, value);
            Close(theirs.grad!, ours.grad!);
            Close(unfused.Weights.Gradients, fused.Weights.Gradients);
            if (modulated)
                Close(theirModulation!.grad!, ourModulation!.grad!);
        }
    }

    [Fact]
    public void A_gradient_that_arrived_before_is_kept()
    {
        using var norm = new Norm(8, 4);
        Tensor ours = Random(2, 8, 3, 3).requires_grad_(), theirs = ours.detach().to(ScalarType.Float64).requires_grad_();
        using var tape = Tape.Record();
        Value x = tape.Apply(_ => ours * 1);
        tape.Backward(tape.AddInto(norm.Layer.ApplySilu(tape, x), x), ones_like(ours));

        (theirs + norm.Layer.Unfused(theirs, null, silu: true, mask: default)).sum().backward();
        Close(theirs.grad!, ours.grad!);
    }

    [Fact]
    public void In_bfloat16_it_rounds_once()
    {
        using var norm = new Norm(32, 8);
        Tensor x = Random(2, 32, 4, 4).to(ScalarType.BFloat16);
        Tensor exact = norm.Layer.Unfused(x.to(ScalarType.Float32), null, silu: true, mask: default);
        Tensor rounded = norm.Layer.ApplySilu(Tape.None, Tape.Constant(x)).Data;
        Assert.Equal(ScalarType.BFloat16, rounded.dtype);
        Assert.True(((rounded.to(ScalarType.Float32) - exact).abs() <= exact.abs() / 256 + 1e-6).all().ToBoolean());
    }

    private Tensor Random(params long[] shape) => randn(shape, generator: _random);

    private static void Close(Tensor expected, Tensor actual)
    {
        double largest = expected.abs().max().ToDouble(), difference = (expected - actual.to(ScalarType.Float64)).abs().max().ToDouble();
        Assert.True(difference <= 1e-5 * largest, $"{difference} of {largest}");
    }

    /// <summary>A layer with gains and offsets that are neither one nor zero, ready to learn.</summary>
    private sealed class Norm : IDisposable
    {
        public Norm(int channels, int groups)
        {
            Layer = new(Weights.Root["norm"], channels, new ModelOptions { Groups = groups });
            Weights.Allocate();
            Weights.Load([.. Enumerable.Range(1, (int)Weights.Count).Select(i => MathF.Cos(i))]);
            Weights.Train();
        }

        public WeightSet Weights { get; } = new();

        public GroupNorm Layer { get; }

        public void Dispose() => Weights.Dispose();
    }
}
