using TorchSharp;
using Underpaint.Kernels;
using Underpaint.Machine;
using Underpaint.Tests.Training;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Tests.Kernels;

/// <summary>What other devices compute, computed on the CPU: libtorch's operations in the place of our kernels.</summary>
public class OwnKernelsTests
{
    private static readonly ComputeDevice OneThread = Tiny.Device with { Threads = 1 };

    [Theory]
    [InlineData(Precision.Float32, 1, 1e-4, 0.02)]
    [InlineData(Precision.Float32, 4, 1e-4, 0.02)]
    [InlineData(Precision.BFloat16, 1, 0.02, 0.5)]
    public void Training_without_them_learns_the_same(Precision precision, int heads, double lossTolerance, double weightTolerance)
    {
        Recipe recipe = Tiny.WithDropout(0.2);
        recipe = recipe with { Model = recipe.Model with { Heads = heads, CodeSpread = 3 }, Phases = [recipe.Phases[1]] };
        var (losses, weights, start) = Train(recipe, OneThread with { Precision = precision });
        using IDisposable left = OwnKernels.LeaveOut();
        var (otherLosses, otherWeights, _) = Train(recipe, OneThread with { Precision = precision });
        Assert.All(losses.Zip(otherLosses), pair => Assert.Equal(pair.First, pair.Second, lossTolerance * pair.First));
        Assert.True(Distance(weights, otherWeights) <= weightTolerance * Distance(weights, start), $"{Distance(weights, otherWeights)} of {Distance(weights, start)}");
    }

    [Fact]
    public void A_model_without_them_sees_and_paints_the_same()
    {
        using var training = new TinyTraining(Tiny.Recipe, OneThread);
        for (int i = 0; i < 4; i++)
            _ = training.Trainer.Step();
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        Tensor images = randn([3, 3, 16, 16], generator: random);
        Tensor Paint() => training.Trainer.Network.Predict(images, full(3, 500f), training.Trainer.Network.Encode(images));
        Tensor expected = Paint();
        using IDisposable left = OwnKernels.LeaveOut();
        Assert.True(expected.abs().max().ToDouble() > 0);
        Assert.Equal(0, (Paint() - expected).abs().max().ToDouble(), 1e-4);
    }

    [Fact]
    public void On_a_GPU_training_learns_nearly_the_same()
    {
        Assert.SkipUnless(cuda_is_available(), "needs a GPU");
        var (losses, _, _) = Train(Tiny.WithDropout(0.2), OneThread);
        var (otherLosses, _, _) = Train(Tiny.WithDropout(0.2), OneThread with { Device = CUDA });
        Assert.All(losses.Zip(otherLosses), pair => Assert.Equal(pair.First, pair.Second, 0.01 * pair.First));
    }

    [Fact]
    public void They_are_back_afterwards()
    {
        using Tensor x = zeros(1);
        using (OwnKernels.LeaveOut())
            Assert.False(OwnKernels.Fit(x));
        Assert.True(OwnKernels.Fit(x));
    }

    private static (double[] Losses, float[] Weights, float[] Start) Train(Recipe recipe, ComputeDevice device)
    {
        using var training = new TinyTraining(recipe, device);
        float[] start = training.Trainer.Network.Weights.ToArray();
        double[] losses = [.. Enumerable.Range(0, 5).Select(_ => training.Trainer.Step().Loss)];
        return (losses, training.Trainer.Network.Weights.ToArray(), start);
    }

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum());
}
