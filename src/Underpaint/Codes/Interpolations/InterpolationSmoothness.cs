using static TorchSharp.torch;

namespace Underpaint.Codes.Interpolations;

/// <summary>
/// How evenly the structure changes on the way between two codes: the largest jump from one structure image to the next over the mean jump, both as root mean
/// square differences. 1 is perfectly even; a code space with cliffs has large ones.
/// </summary>
public static class InterpolationSmoothness
{
    /// <summary>Structure images on the way where nothing else is said.</summary>
    public const int DefaultFrames = 11;

    /// <summary>Measures the straight way between two codes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="from">Where from.</param>
    /// <param name="to">Where to.</param>
    /// <param name="frames">Structure images on the way, both ends included; at least 3. Default 11.</param>
    /// <param name="seed">Seed of the noise, which is the same for all of them. Default 0.</param>
    /// <returns>At least 1; also 1 where nothing changes at all.</returns>
    public static double Between(DiffusionAutoencoder model, float[] from, float[] to, int frames = DefaultFrames, long seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 3);
        using CodeBatch codes = Enumerable.Range(0, frames)
            .SelectMany(frame => Interpolation.Linear(from, to, frame / (frames - 1.0))).ToArray().ToCodeBatch(model.CodeSize);
        using StochasticCodeBatch noise = model.DrawStochasticCodes(1, seed);
        using StochasticCodeBatch same = new(noise.Tensor.expand(frames, -1, -1, -1).clone());
        using ImageBatch structure = model.Decode(codes, steps: 1, start: same);
        return Of(structure);
    }

    /// <summary>Measures a series of images.</summary>
    /// <param name="images">(N, C, H, W), at least 3.</param>
    /// <returns>At least 1; also 1 where nothing changes at all.</returns>
    public static double Of(ImageBatch images)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(images.Count, 3, nameof(images));
        using var scope = NewDisposeScope();
        Tensor all = images.Tensor.cpu(), changes = all.narrow(0, 1, images.Count - 1) - all.narrow(0, 0, images.Count - 1);
        double[] jumps = [.. changes.to(ScalarType.Float64).square().mean([1, 2, 3]).sqrt().data<double>()];
        return jumps.Max() is > 0 and var largest ? largest / jumps.Average() : 1;
    }
}
