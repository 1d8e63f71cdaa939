using Underpaint.Data.Images;

namespace Underpaint.Tests.Evaluation;

/// <summary>Small images made on the spot.</summary>
internal static class SampleImages
{
    public static PixelImage Flat(int size, byte value, int channels = 3) =>
        new(size, size, channels, [.. Enumerable.Repeat(value, size * size * channels)]);

    public static PixelImage Noise(int size, int seed, int channels = 3) => Noise(size, size, seed, channels);

    public static PixelImage Noise(int width, int height, int seed, int channels)
    {
        var random = new RandomSource(seed, "test image");
        return new(width, height, channels, [.. Enumerable.Range(0, width * height * channels).Select(_ => (byte)random.NextInt(256))]);
    }
}
