using Underpaint.Diffusion;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Training;

/// <summary>Images of one training step with everything random that is drawn for them.</summary>
/// <param name="Images">(N, C, H, W) in [−1, 1].</param>
/// <param name="Noise">ε, (N, C, H, W), standard normal.</param>
/// <param name="Levels">Each image's noise level.</param>
/// <param name="DropoutKeys">Each image's key for <see cref="Dropout"/>.</param>
internal sealed record NoisyBatch(Tensor Images, Tensor Noise, NoiseLevel[] Levels, ulong[] DropoutKeys)
{
    /// <summary>α, (N, 1, 1, 1).</summary>
    public Tensor Alpha => PerImage(level => level.Alpha).view(-1, 1, 1, 1);

    /// <summary>σ, (N, 1, 1, 1).</summary>
    public Tensor Sigma => PerImage(level => level.Sigma).view(-1, 1, 1, 1);

    /// <summary>What the network is told about the noise levels, (N).</summary>
    public Tensor Times => PerImage(level => level.Time);

    /// <summary>A part of it.</summary>
    public NoisyBatch Slice(int first, int count) => new(Images.narrow(0, first, count), Noise.narrow(0, first, count),
        Levels[first..(first + count)], DropoutKeys[first..(first + count)]);

    /// <summary>(N), a number for each image.</summary>
    public Tensor PerImage(Func<NoiseLevel, double> value) =>
        tensor(Array.ConvertAll(Levels, level => (float)value(level)), device: Images.device);
}
