using Underpaint.Data;

namespace Underpaint.Tests.Evaluation;

/// <summary>Small images made on the spot.</summary>
internal static class SampleImages
{
    public static PixelImage Flat(int size, byte value, int channels = 3) =>
        new(size, size, channels, [.. Enumerable.Repeat(value, size * size * channels)]);

    public static PixelImage Noise(int size, int seed, int channels = 3)
    {
        var random = new RandomSource(seed, "test image");
        return new(size, size, channels, [.. Enumerable.Range(0, size * size * channels).Select(_ => (byte)random.NextInt(256))]);
    }
}
