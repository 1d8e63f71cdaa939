using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Evaluation.Distances;

/// <summary>
/// How far new images, as a set, are from real ones: the Fréchet distance on the features of each network. There are as many real images as new ones, drawn at
/// random, since distances of other numbers cannot be compared.
/// </summary>
/// <param name="networks">By whose features, at least one; they stay the caller's.</param>
public sealed class SampleDistances(IReadOnlyList<IFeatureNetwork> networks)
{
    private const int BatchSize = 64, FewestImages = 2;

    private readonly FeatureStatistics[] _samples = [.. networks.Select(network => new FeatureStatistics(network.Length))];
    private readonly List<PixelImage> _waiting = [];

    /// <summary>Adds a new image; all have one size.</summary>
    /// <param name="image">The image.</param>
    public void Add(PixelImage image)
    {
        _waiting.Add(image);
        if (_waiting.Count == BatchSize)
            TakeIn();
    }

    /// <summary>Compares the images that were added with real ones.</summary>
    /// <param name="real">The real images; stay open.</param>
    /// <param name="preparation">How they are brought to the new images' size.</param>
    /// <param name="seed">Seed of the choice among them.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>A figure for each network, without intervals, and how many real images there were: fewer where there are not as many.</returns>
    /// <exception cref="UnderpaintException">There are fewer than two images on one side.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public (IReadOnlyList<Figure> Figures, int RealImages) Finish(IImageSource real, DataOptions preparation, long seed, CancellationToken stop = default)
    {
        TakeIn();
        FeatureStatistics[] originals = [.. networks.Select(network => new FeatureStatistics(network.Length))];
        int wanted = (int)_samples[0].Count, found = 0;
        foreach (int[] indices in new RandomSource(seed, "real images").NextOrder(real.Count).Take(wanted).Order().Chunk(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            if (PixelBatch.LoadReadable(real, indices, preparation, []) is not { } batch)
                continue;
            Add(originals, [.. Enumerable.Range(0, batch.Count).Select(batch.ToImage)]);
            found += batch.Count;
        }
        return wanted >= FewestImages && found >= FewestImages
            ? ([.. networks.Select((network, i) => new Figure(network.MetricOfSamples, FrechetDistance.Of(originals[i], _samples[i]), Interval: null))], found)
            : throw new UnderpaintException($"A distance of sets needs at least {FewestImages} images in each; there are {wanted} new and {found} real ones.",
                "Make more images, or name others with --data.");
    }

    private void TakeIn()
    {
        if (_waiting.Count > 0)
            Add(_samples, _waiting);
        _waiting.Clear();
    }

    private void Add(FeatureStatistics[] statistics, IReadOnlyList<PixelImage> images)
    {
        for (int i = 0; i < networks.Count; i++)
            statistics[i].Add(networks[i].FeaturesOf(images));
    }
}
