using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Codes.Interpolations;

/// <summary>
/// Goes from one image to another: straight between their codes, and along an arc between their stochastic codes. A model that was trained at the highest
/// noise only has no stochastic codes; there, all pictures start from the same noise.
/// </summary>
public static class Interpolator
{
    private const int BatchSize = 32;

    /// <summary>Draws the way between two images of a source.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The images; stays open.</param>
    /// <param name="from">The number of the first image.</param>
    /// <param name="to">The number of the last.</param>
    /// <param name="options">How.</param>
    /// <param name="done">Told after each picture.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <exception cref="FileFormatException">One of the images cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static InterpolationResult Run(DiffusionAutoencoder model, IImageSource source, int from, int to, InterpolationOptions options,
        Action? done = null, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Frames, 2, nameof(options));
        PixelBatch batch = PixelBatch.Load(source, [from, to], model.Recipe.Data);
        using ImageBatch images = ImageBatch.From(batch);
        using CodeBatch codes = model.Encode(images);
        using StochasticCodeBatch? inverted = model.CanInvert ? model.Invert(images, codes, options.InversionSteps) : null;
        using StochasticCodeBatch drawn = model.DrawStochasticCodes(1, options.Decoding.Seed);
        var (first, last) = Halves(codes.Tensor.ToArray());
        var (firstNoise, lastNoise) = inverted is null ? (drawn.Tensor.ToArray(), drawn.Tensor.ToArray()) : Halves(inverted.Tensor.ToArray());
        var frames = new List<PixelImage>();
        foreach (double[] shares in Enumerable.Range(0, options.Frames).Select(frame => frame / (options.Frames - 1.0)).Chunk(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            frames.AddRange(Decode(model, [.. shares.SelectMany(share => Interpolation.Linear(first, last, share))],
                [.. shares.SelectMany(share => Interpolation.Spherical(firstNoise, lastNoise, share))], options.Decoding));
            for (int i = 0; i < shares.Length; i++)
                done?.Invoke();
        }
        return new(batch.ToImage(0), batch.ToImage(1), frames, InterpolationSmoothness.Between(model, first, last));
    }

    private static (float[] First, float[] Second) Halves(float[] both) => (both[..(both.Length / 2)], both[(both.Length / 2)..]);

    private static IReadOnlyList<PixelImage> Decode(DiffusionAutoencoder model, float[] codeValues, float[] noise, DecodingOptions options)
    {
        using CodeBatch codes = codeValues.ToCodeBatch(model.CodeSize);
        using StochasticCodeBatch start = noise.ToStochasticCodeBatch(model);
        using ImageBatch images = model.Decode(codes, options.Steps, start: start, solver: options.Solver, grid: options.Grid);
        return images.ToPixels();
    }
}
