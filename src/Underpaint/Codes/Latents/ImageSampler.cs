namespace Underpaint.Codes.Latents;

/// <summary>Makes new images from nothing: new codes, decoded.</summary>
public static class ImageSampler
{
    private const int BatchSize = 32;

    /// <summary>Makes images, a batch at a time, as they are asked for.</summary>
    /// <param name="model">The autoencoder.</param>
    /// <param name="sampler">Makes the codes: a latent DPM or a Gaussian.</param>
    /// <param name="count">How many images.</param>
    /// <param name="options">How codes are decoded; the seed is that of the codes too.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <exception cref="UnderpaintException">The codes are not this model's.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static IEnumerable<SampledImage> Run(
        DiffusionAutoencoder model, ICodeSampler sampler, int count, DecodingOptions options, CancellationToken stop = default)
    {
        if (sampler.Model != model.Identity || sampler.CodeSize != model.CodeSize)
            throw new UnderpaintException("These codes would be another model's.", "Use the model whose codes were learnt from, or learn from this one's.");
        return Sample(model, sampler, count, options, stop);
    }

    private static IEnumerable<SampledImage> Sample(
        DiffusionAutoencoder model, ICodeSampler sampler, int count, DecodingOptions options, CancellationToken stop)
    {
        for (int first = 0; first < count; first += BatchSize)
        {
            stop.ThrowIfCancellationRequested();
            foreach (SampledImage image in SampleBatch(model, sampler, first, Math.Min(BatchSize, count - first), options))
                yield return image;
        }
    }

    private static SampledImage[] SampleBatch(DiffusionAutoencoder model, ICodeSampler sampler, int first, int count, DecodingOptions options)
    {
        float[] values = sampler.Draw(count, options.Seed, first);
        using CodeBatch codes = values.ToCodeBatch(model.CodeSize);
        using StochasticCodeBatch start = model.DrawStochasticCodes(count, options.Seed, first);
        using ImageBatch images = model.Decode(codes, options.Steps, start: start, solver: options.Solver, grid: options.Grid);
        return [.. images.ToPixels().Select((image, i) => new SampledImage(first + i, values[(i * model.CodeSize)..((i + 1) * model.CodeSize)], image))];
    }
}
