using Underpaint.Data.Images;
using static TorchSharp.torch;

namespace Underpaint.Codes;

/// <summary>Decodes codes into images.</summary>
public static class CodeDecoder
{
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

    private static IEnumerable<DecodedImage> Decode(
        DiffusionAutoencoder model, ICodeSource codes, DecodingOptions options, CancellationToken stop)
    {
        foreach (CodeRows rows in codes.Read(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            foreach (var (file, image) in rows.Files.Zip(Decode(model, rows, options)))
                yield return new(file, image);
        }
    }

    private static IReadOnlyList<PixelImage> Decode(DiffusionAutoencoder model, CodeRows rows, DecodingOptions options)
    {
        using CodeBatch codes = rows.Codes.ToCodeBatch(model.CodeSize);
        using StochasticCodeBatch start = rows.StochasticCodes.Length > 0
            ? rows.StochasticCodes.ToStochasticCodeBatch(model)
            : NoiseOf(model, rows.Indices, options.Seed);
        using ImageBatch images = model.Decode(codes, options.Steps, start: start, solver: options.Solver, grid: options.Grid);
        return images.ToPixels();
    }

    // The noise that `reconstruct` starts from as well, whatever shard or piece the image comes in.
    private static StochasticCodeBatch NoiseOf(DiffusionAutoencoder model, int[] indices, long seed)
    {
        StochasticCodeBatch[] each = Array.ConvertAll(indices, index => model.DrawStochasticCodes(1, seed, index));
        try
        {
            return new(cat([.. each.Select(noise => noise.Tensor)], 0));
        }
        finally
        {
            Array.ForEach(each, noise => noise.Dispose());
        }
    }
}
