using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using Underpaint.Machine;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

public sealed class FoldedAttentionTests
{
    [Fact]
    public void It_gathers_what_attention_with_all_its_projections_gathers() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 3).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), Gen.Choose(1, 70).ToArbitrary(), (images, positions, channels) =>
        {
            AssertAgrees(images, positions, channels, Precision.Float32, 2e-6);
            AssertAgrees(images, positions, channels, Precision.BFloat16, 0.02);
        }));

    [Fact]
    public void It_follows_the_weights_wherever_they_are_changed()
    {
        using var scope = NewDisposeScope();
        using var owner = new WeightSet();
        using var sharing = new WeightSet();
        Layers layers = new(owner.Root, 8), replica = new(sharing.Root, 8);
        owner.Initialize(seed: 1);
        sharing.Share(owner);
        Tensor h = randn(2, 5, 8);
        AssertFollows();
        owner.Load([.. owner.ToArray().Select(weight => -2 * weight)]);
        AssertFollows();
        owner.Values.mul_((Scalar)0.5);
        owner.Round();
        AssertFollows();

        void AssertFollows()
        {
            AssertClose(layers.Exact(h), layers.Folded.Apply(h), 2e-6);
            AssertClose(layers.Exact(h), replica.Folded.Apply(h), 2e-6);
        }
    }

    private static void AssertAgrees(int images, int positions, int channels, Precision precision, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)(images * 10_000 + positions * 100 + channels));
        using var weights = new WeightSet(precision);
        var layers = new Layers(weights.Root, channels);
        weights.Initialize(seed: channels);
        Tensor h = randn([images, positions, channels], generator: random).to(precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32);
        AssertClose(layers.Exact(h), layers.Folded.Apply(h), tolerance);
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance) =>
        Assert.True(((actual.to(ScalarType.Float64) - expected).norm() <= tolerance * expected.norm() + 1e-6).ToBoolean());

    /// <summary>An attention's layers, folded, and as they are in float64.</summary>
    private sealed class Layers
    {
        private readonly PointwiseConvolution _projections, _output;

        public Layers(WeightScope scope, int channels)
        {
            _projections = new(scope["qkv"], channels, 3 * channels);
            _output = new(scope["proj_out"], channels, channels);
            Folded = new(scope, _projections, _output);
        }

        public FoldedAttention Folded { get; }

        public Tensor Exact(Tensor h)
        {
            Tensor[] parts = Project(_projections, h).chunk(3, 2);
            Tensor shares = (parts[0].matmul(parts[1].transpose(1, 2)) / Math.Sqrt(h.size(2))).softmax(-1);
            return Project(_output, shares.matmul(parts[2]));
        }

        private static Tensor Project(PointwiseConvolution layer, Tensor x) =>
            x.to(ScalarType.Float64).matmul(layer.Matrix.to(ScalarType.Float64).t()) + layer.Bias.to(ScalarType.Float64);
    }
}
