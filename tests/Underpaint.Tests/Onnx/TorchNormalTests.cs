using Underpaint.Machine;
using Underpaint.Onnx;
using static TorchSharp.torch;

namespace Underpaint.Tests.Onnx;

public sealed class TorchNormalTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(3 * 16 * 16)]
    [InlineData(5003)]
    public void Noise_without_libtorch_is_the_noise_of_libtorch(int count)
    {
        TorchLibrary.Load();
        foreach (ulong seed in new ulong[] { 0, 1, 0xFFFF_FFFF, 0x1_0000_0001, ulong.MaxValue, RandomSource.SeedOf(7, "stochastic code", 3) })
        {
            using var generator = new Generator(seed);
            using Tensor expected = randn([count], generator: generator);
            float[] drawn = TorchNormal.Draw(seed, count);
            Assert.Equal(count, drawn.Length);
            Assert.All(drawn.Zip(expected.data<float>().ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        }
    }
}
