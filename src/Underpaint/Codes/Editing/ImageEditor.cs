using Underpaint.Codes.Directions;
using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Codes.Editing;

/// <summary>
/// Edits images: their codes are moved along directions, and decoded from the images' own stochastic codes, so that what the code does not
/// say stays as it is. A model that was trained at the highest noise only has none; there, all pictures of an image start from the same noise.
/// </summary>
public static class ImageEditor
{
    private const int BatchSize = 8;

    /// <summary>Edits images, a few at a time, as they are asked for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The images; stays open.</param>
    /// <param name="directions">Directions of this model's codes.</param>
    /// <param name="options">How.</param>
    /// <param name="skipped">Images that cannot be read are added to it.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>The edited images, of those that can be read, in the source's order.</returns>
    /// <exception cref="UnderpaintException">The directions are another model's, one is unknown, there are no curves to follow, or not one image can be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static IEnumerable<EditedImage> Run(DiffusionAutoencoder model, IImageSource source, DirectionSet directions, EditOptions options,
        ICollection<SkippedImage> skipped, CancellationToken stop = default)
    {
        directions.Check(model.Identity, "The directions file");
        _ = directions.Choose(options.Along);
        foreach (CodeMove move in options.Moves)
            _ = directions.Find(move.Name);
        return Edit(model, source, directions, options, skipped, stop);
    }

    private static IEnumerable<EditedImage> Edit(DiffusionAutoencoder model, IImageSource source, DirectionSet directions, EditOptions options,
        ICollection<SkippedImage> skipped, CancellationToken stop)
    {
        bool found = false;
        foreach (int[] indices in Enumerable.Range(0, source.Count).Chunk(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            if (PixelBatch.LoadReadable(source, indices, model.Recipe.Data, skipped) is not { } batch)
                continue;
            found = true;
            IReadOnlyList<PixelImage>[] columns = Edit(model, batch, directions, options);
            for (int i = 0; i < batch.Count; i++)
                yield return new(source.NameOf(batch.Indices[i]), batch.ToImage(i), [.. columns.Select(column => column[i])]);
        }
        if (!found)
            throw new UnderpaintException(
                $"Not one image of {source.Description} can be read; the first: {skipped.First().Reason}", "Check the data with `underpaint inspect`.");
    }

    private static IReadOnlyList<PixelImage>[] Edit(DiffusionAutoencoder model, PixelBatch batch, DirectionSet directions, EditOptions options)
    {
        using var images = new EditableImages(model, batch, options.InversionSteps, options.Decoding.Seed);
        return
        [
            .. options.Multiples.Select(multiple =>
                images.Decode((_, code) => directions.Move(code.Span, options.Moves, multiple, options.Along), options.Decoding)),
        ];
    }
}
