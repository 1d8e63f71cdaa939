using Underpaint.Data;

namespace Underpaint.Evaluation;

/// <summary>Reconstructs images with a model and compares them with the originals, both in 8 bits.</summary>
public static class Evaluator
{
    private const int BatchSize = 32;

    /// <summary>Judges a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The images.</param>
    /// <param name="options">How.</param>
    /// <param name="onScore">Called with each batch's scores.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <exception cref="UnderpaintException">Not one image can be read.</exception>
    public static EvaluationResult Run(DiffusionAutoencoder model, IImageSource source, EvaluationOptions options,
        Action<IReadOnlyList<ImageScore>>? onScore = null, CancellationToken stop = default)
    {
        var scores = new List<ImageScore>();
        var skipped = new List<SkippedImage>();
        int count = Math.Min(options.Limit ?? source.Count, source.Count);
        foreach (int[] indices in Enumerable.Range(0, count).Chunk(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            if (PixelBatch.LoadReadable(source, indices, model.Recipe.Data, skipped) is not { } batch)
                continue;
            IReadOnlyList<ImageScore> found = Score(model, batch, [.. batch.Indices.Select(source.NameOf)], options, first: indices[0]);
            scores.AddRange(found);
            onScore?.Invoke(found);
        }
        return scores.Count > 0
            ? new(options.Steps, options.Exact, scores, skipped)
            : throw new UnderpaintException($"Not one image of {source.Description} can be read; the first: {skipped[0].Reason}",
                "Check the data with `underpaint inspect`.");
    }

    private static List<ImageScore> Score(DiffusionAutoencoder model, PixelBatch batch, string[] names, EvaluationOptions options, int first)
    {
        using ImageBatch images = ImageBatch.From(batch);
        using CodeBatch codes = model.Encode(images);
        using StochasticCodeBatch start = options.Exact
            ? model.Invert(images, codes, options.Steps)
            : model.DrawStochasticCodes(images.Count, options.Seed, first);
        using ImageBatch decoded = model.Decode(codes, options.Steps, start: start);
        IReadOnlyList<PixelImage> reconstructions = decoded.ToPixels();
        return [.. reconstructions.Select((reconstruction, i) => Compare(names[i], batch.ToImage(i), reconstruction))];
    }

    private static ImageScore Compare(string name, PixelImage original, PixelImage reconstruction) => new(name,
        Math.Min(PeakSignalToNoise.Of(original, reconstruction), PeakSignalToNoise.Cap),
        StructuralSimilarity.Of(original, reconstruction));
}
