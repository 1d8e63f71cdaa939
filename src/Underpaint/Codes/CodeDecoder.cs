using Underpaint.Codes.Files;
using Underpaint.Data.Images;

namespace Underpaint.Codes;

/// <summary>Decodes codes into images.</summary>
public static class CodeDecoder
{
    // An image is always decoded in the same company, and so to the same bits.
    private const int BatchSize = 32;

    /// <summary>Decodes codes, a batch at a time, as they are asked for; from their stochastic codes where they have any, from noise elsewhere.</summary>
    /// <param name="model">The model that made the codes.</param>
    /// <param name="codes">The codes; stay open.</param>
    /// <param name="options">How.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>The images in the order of the codes.</returns>
    /// <exception cref="FileFormatException">The codes are another model's, or damaged.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static IEnumerable<DecodedImage> Run(
        DiffusionAutoencoder model, ICodeSource codes, DecodingOptions options, CancellationToken stop = default)
    {
        codes.Origin.Check(model, codes.Path);
        return Decode(model, codes, options, stop);
    }

    /// <summary>How many codes are decoded together.</summary>
    internal static int BatchSizeOf(ICodeSource codes) => CodeChecks.AtATime(BatchSize, codes.Origin);

    /// <summary>Codes as they are decoded together: divided by their place alone, whatever files and pieces they come in.</summary>
    internal static IEnumerable<CodeRows> Batches(ICodeSource codes) => RowGroups.Of(codes.Read(BatchSizeOf(codes)), BatchSizeOf(codes));

    private static IEnumerable<DecodedImage> Decode(
        DiffusionAutoencoder model, ICodeSource codes, DecodingOptions options, CancellationToken stop)
    {
        foreach (CodeRows rows in Batches(codes))
        {
            stop.ThrowIfCancellationRequested();
            foreach (var (file, image) in rows.Files.Zip(Decode(model, rows, options)))
                yield return new(file, image);
        }
    }

    /// <summary>Decodes one batch.</summary>
    internal static IReadOnlyList<PixelImage> Decode(DiffusionAutoencoder model, CodeRows rows, DecodingOptions options)
    {
        using CodeBatch codes = rows.Codes.ToCodeBatch(model.CodeSize);
        // The noise is that which `reconstruct` starts from as well, whatever shard or piece the image comes in.
        using StochasticCodeBatch start = rows.StochasticCodes.Length > 0
            ? rows.StochasticCodes.ToStochasticCodeBatch(model)
            : model.DrawStochasticCodes(rows.Indices, options.Seed);
        using ImageBatch images = model.Decode(codes, options.Steps, start: start, solver: options.Solver, grid: options.Grid);
        return images.ToPixels();
    }
}
