using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Evaluation;

/// <summary>
/// How well a model knows the image behind the noise, noise level by noise level: comparable between models whatever they predict and
/// whatever their schedule, on the same images under the same noise.
/// </summary>
public static class NoiseErrors
{
    /// <summary>What the figures are, in one line.</summary>
    public const string Definition =
        "Error by noise level: mean of (a − b)² between the image and what one network call makes of it under noise, values in [0, 1], "
        + "clipped to that range; at the nearest level of the model's own schedule";

    /// <summary>The name that its figures are kept under.</summary>
    internal const string Name = "noise errors";

    private const int BatchSize = 32;

    /// <summary>Its figures as a metric.</summary>
    internal static Metric Metric { get; } = new() { Key = "noiseError", Name = "error by noise level", Digits = 5, Better = Better.Lower, Definition = Definition };

    /// <summary>The noise levels: shares of noise (0 is clean, 1 pure noise).</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 1];

    /// <summary>The errors of each image at each of the noise levels.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The images; stays open. Those that cannot be read are left out.</param>
    /// <param name="limit">The most images to use, from the first; null means all. Default all.</param>
    /// <param name="seed">Seed of the noise; image i's noise depends on (seed, i) only. Default 0.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>For each image an error for each of <see cref="Shares"/>; for a model of the highest noise only, one for the last.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static IReadOnlyList<double[]> Measure(
        DiffusionAutoencoder model, IImageSource source, int? limit = null, long seed = 0, CancellationToken stop = default)
    {
        List<double[]> errors = [];
        foreach (int[] indices in Enumerable.Range(0, Math.Min(limit ?? source.Count, source.Count)).Chunk(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            if (PixelBatch.LoadReadable(source, indices, model.Recipe.Data, []) is { } batch)
                errors.AddRange(Measure(model, batch, seed));
        }
        return errors;
    }

    private static IEnumerable<double[]> Measure(DiffusionAutoencoder model, PixelBatch batch, long seed)
    {
        using ImageBatch images = ImageBatch.From(batch);
        using CodeBatch codes = model.Encode(images);
        using StochasticCodeBatch noise = model.DrawStochasticCodes(batch.Indices, seed);
        var levels = new List<double[]>();
        foreach (double share in Shares)
        {
            using ImageBatch? denoised = model.Denoise(images, codes, noise, share);
            if (denoised is not null)
                levels.Add([.. denoised.ToPixels().Select((picture, i) => MeanSquaredError.Of(batch.ToImage(i), picture))]);
        }
        return Enumerable.Range(0, batch.Count).Select(image => levels.Select(level => level[image]).ToArray());
    }
}
