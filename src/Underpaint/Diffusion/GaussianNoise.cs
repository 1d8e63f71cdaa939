using static TorchSharp.torch;

namespace Underpaint.Diffusion;

/// <summary>
/// Standard normal noise as a pure function of a seed. It is drawn on the CPU whatever the device: TorchSharp makes generators for the CPU only, and the
/// same seed gives the same noise everywhere.
/// </summary>
internal static class GaussianNoise
{
    /// <summary>Draws a tensor.</summary>
    /// <param name="seed">From <see cref="RandomSource.SeedOf"/>.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="device">Where it is needed.</param>
    /// <returns>float32; in the current dispose scope.</returns>
    public static Tensor Draw(ulong seed, long[] shape, Device device)
    {
        using var generator = new Generator(seed);
        return randn(shape, generator: generator).to(device);
    }
}
