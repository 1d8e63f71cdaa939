using TorchSharp;
using Underpaint.Diffusion;
using static TorchSharp.torch;

namespace Underpaint.Tests.Diffusion;

public sealed class GaussianNoiseTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void It_is_what_libtorch_draws_on_the_CPU_whatever_was_drawn_before()
    {
        using var generator = new Generator(7);
        Tensor expected = randn([2, 3, 20], generator: generator);
        _ = randn(5);
        Assert.Equal(Numbers(expected), Numbers(GaussianNoise.Draw(7, [2, 3, 20], CPU)));
        Assert.NotEqual(Numbers(expected), Numbers(GaussianNoise.Draw(8, [2, 3, 20], CPU)));
    }

    [Fact]
    public void A_GPU_has_the_same()
    {
        Assert.SkipUnless(cuda_is_available(), "needs a GPU");
        Assert.Equal(Numbers(GaussianNoise.Draw(7, [20], CPU)), Numbers(GaussianNoise.Draw(7, [20], CUDA)));
    }

    private static float[] Numbers(Tensor x) => x.cpu().data<float>().ToArray();
}
