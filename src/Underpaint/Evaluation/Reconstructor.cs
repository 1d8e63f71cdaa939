using Underpaint.Data;

namespace Underpaint.Evaluation;

/// <summary>Sends images through a model: image to code, and code back to image.</summary>
public static class Reconstructor
{
    private const int BatchSize = 32;

    /// <summary>Reconstructs images, a batch at a time, as they are asked for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The images; stays open.</param>
    /// <param name="options">How.</param>
    /// <param name="skipped">Images that cannot be read are added to it.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>The reconstructions of the images that can be read, in the source's order.</returns>
    /// <exception cref="UnderpaintException">
    /// Not one image can be read; or the reconstructions shall be exact, and the model cannot be inverted.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static IEnumerable<Reconstruction> Run(DiffusionAutoencoder model, IImageSource source, EvaluationOptions options,
        ICollection<SkippedImage> skipped, CancellationToken stop = default)
    {
        int count = Math.Min(options.Limit ?? source.Count, source.Count);
        bool found = false;
        foreach (int[] indices in Enumerable.Range(0, count).Chunk(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            if (PixelBatch.LoadReadable(source, indices, model.Recipe.Data, skipped) is not { } batch)
                continue;
            found = true;
            string[] names = [.. batch.Indices.Select(source.NameOf)];
            foreach (Reconstruction reconstruction in Reconstruct(model, batch, names, options, first: indices[0]))
                yield return reconstruction;
        }
        if (!found)
            throw new UnderpaintException(
                $"Not one image of {source.Description} can be read; the first: {skipped.First().Reason}",
                "Check the data with `underpaint inspect`.");
    }

    private static IEnumerable<Reconstruction> Reconstruct(
        DiffusionAutoencoder model, PixelBatch batch, string[] names, EvaluationOptions options, int first)
    {
        using ImageBatch images = ImageBatch.From(batch);
        using CodeBatch codes = model.Encode(images);
        using StochasticCodeBatch noise = model.DrawStochasticCodes(images.Count, options.Seed, first);
        using ImageBatch structure = model.Decode(codes, steps: 1, start: noise);
        using StochasticCodeBatch? inverted = options.Exact ? model.Invert(images, codes, options.Steps) : null;
        using ImageBatch decoded = model.Decode(codes, options.Steps, start: inverted ?? noise, solver: options.Solver, grid: options.Grid);
        var (structures, reconstructions) = (structure.ToPixels(), decoded.ToPixels());
        return [.. names.Select((name, i) => new Reconstruction(name, batch.ToImage(i), structures[i], reconstructions[i]))];
    }
}
