using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Evaluation;

/// <summary>Sends images through a model: image to code, and code back to image.</summary>
public static class Reconstructor
{
    private const int BatchSize = 32;

    /// <summary>Reconstructs images, a batch at a time, as they are asked for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The images; stays open.</param>
    /// <param name="decodings">The ways of decoding.</param>
    /// <param name="skipped">Images that cannot be read are added to it.</param>
    /// <param name="limit">The most images to use, from the first; null means all. Default all.</param>
    /// <param name="seed">Seed of the noise; image i's noise depends on (seed, i) only. Default 0.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>The reconstructions of the images that can be read, in the source's order.</returns>
    /// <exception cref="UnderpaintException">
    /// Not one image can be read; or stochastic codes are to be found, and the model cannot be inverted.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static IEnumerable<ReconstructedBatch> Run(DiffusionAutoencoder model, IImageSource source, IReadOnlyList<Decoding> decodings,
        ICollection<SkippedImage> skipped, int? limit = null, long seed = 0, CancellationToken stop = default)
    {
        int count = Math.Min(limit ?? source.Count, source.Count);
        bool found = false;
        foreach (int[] indices in Enumerable.Range(0, count).Chunk(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            if (PixelBatch.LoadReadable(source, indices, model.Recipe.Data, skipped) is not { } batch)
                continue;
            found = true;
            yield return new(
                [.. batch.Indices.Select(source.NameOf)],
                [.. Enumerable.Range(0, batch.Count).Select(batch.ToImage)],
                Decode(model, batch, decodings, seed));
        }
        if (!found)
            throw new UnderpaintException(
                $"Not one image of {source.Description} can be read; the first: {skipped.First().Reason}",
                "Check the data with `underpaint inspect`.");
    }

    /// <summary>Reconstructs images one by one, beside their structure images.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The images; stays open.</param>
    /// <param name="decoding">The way of decoding.</param>
    /// <param name="skipped">Images that cannot be read are added to it.</param>
    /// <param name="seed">Seed of the noise. Default 0.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <exception cref="UnderpaintException">As <see cref="Run"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static IEnumerable<Reconstruction> RunOne(DiffusionAutoencoder model, IImageSource source, Decoding decoding,
        ICollection<SkippedImage> skipped, long seed = 0, CancellationToken stop = default) =>
        Run(model, source, [Decoding.StructureImage, decoding], skipped, seed: seed, stop: stop).SelectMany(batch => batch.Names.Select((name, i) =>
            new Reconstruction(name, batch.Originals[i], batch.Pictures[0][i], batch.Pictures[1][i])));

    private static IReadOnlyList<PixelImage>[] Decode(DiffusionAutoencoder model, PixelBatch batch, IReadOnlyList<Decoding> decodings, long seed)
    {
        using ImageBatch images = ImageBatch.From(batch);
        using CodeBatch codes = model.Encode(images);
        using StochasticCodeBatch noise = model.DrawStochasticCodes(batch.Indices, seed);
        return [.. decodings.Select(decoding => Decode(model, images, codes, noise, decoding))];
    }

    private static IReadOnlyList<PixelImage> Decode(
        DiffusionAutoencoder model, ImageBatch images, CodeBatch codes, StochasticCodeBatch noise, Decoding decoding)
    {
        using StochasticCodeBatch? inverted = decoding.Kind == ReconstructionKind.InvertedStochasticCode
            ? model.Invert(images, codes, decoding.Steps)
            : null;
        using ImageBatch decoded = model.Decode(codes, decoding.Steps, start: inverted ?? noise, solver: decoding.Solver, grid: decoding.Grid);
        return decoded.ToPixels();
    }
}
