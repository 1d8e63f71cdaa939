using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Evaluation.Metrics;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>A run's fixed validation images, reconstructed again and again while the model learns. Dispose it.</summary>
internal sealed class ValidationPanel : IDisposable
{
    private readonly ValidationOptions _options;
    private readonly long _seed;
    private readonly ImageBatch _images;

    public ValidationPanel(IImageSource source, Recipe recipe)
    {
        (_options, _seed) = (recipe.Validation, recipe.Seed);
        int count = Math.Min(_options.Images, source.Count);
        int[] order = new RandomSource(recipe.Seed, "validation panel").NextOrder(source.Count);
        PixelBatch batch = PixelBatch.LoadReadable(source, order[..count].Order(), recipe.Data, [])
            ?? throw new UnderpaintException($"None of the first {count} validation images of {source.Description} can be read.",
                "Check the data with `underpaint inspect`, or name others with --validation.");
        Originals = [.. Enumerable.Range(0, batch.Count).Select(batch.ToImage)];
        _images = ImageBatch.From(batch);
    }

    /// <summary>The images themselves, as the model sees them.</summary>
    public IReadOnlyList<PixelImage> Originals { get; }

    /// <summary>The first of the images, for a model; the caller disposes them.</summary>
    public ImageBatch First(int count) => new(_images.Tensor.narrow(0, 0, Math.Min(count, _images.Count)));

    /// <summary>Reconstructs all images: the structure images, and decodes with the recipe's number of steps.</summary>
    public ValidationPictures Look(DiffusionAutoencoder model)
    {
        using CodeBatch codes = model.Encode(_images);
        using ImageBatch structure = model.StructureImages(codes, _seed);
        using ImageBatch decoded = model.Decode(codes, _options.Steps, _seed);
        return new(structure.ToPixels(), decoded.ToPixels());
    }

    /// <summary>The figures of one look at a model.</summary>
    public ValidationRecord Measure(DiffusionAutoencoder model, ValidationPictures pictures, string phase) => new()
    {
        ImagesSeen = model.ImagesSeen,
        Phase = phase,
        Images = Originals.Count,
        Steps = model.CallsIn(_options.Steps),
        Psnr = PeakSignalToNoise.Mean(Originals.Zip(pictures.Reconstructions, PeakSignalToNoise.Of)),
        Ssim = Originals.Zip(pictures.Reconstructions, StructuralSimilarity.Of).Average(),
        StructurePsnr = PeakSignalToNoise.Mean(Originals.Zip(pictures.Structure, PeakSignalToNoise.Of)),
        StructureSsim = Originals.Zip(pictures.Structure, StructuralSimilarity.Of).Average(),
    };

    public void Dispose() => _images.Dispose();
}
