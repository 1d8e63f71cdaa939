using Underpaint.Data.Images;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Evaluation.Distances;

/// <summary>The distances between a set of images and its reconstructions. Several sets of reconstructions of the same images follow each other.</summary>
/// <param name="networks">By whose features.</param>
internal sealed class FeatureDistances(IReadOnlyList<IFeatureNetwork> networks)
{
    // A covariance needs two images.
    private const int FewestImages = 2;

    // The originals are the same for every set of reconstructions.
    private readonly Dictionary<IFeatureNetwork, FeatureStatistics> _originals = [];
    private Dictionary<IFeatureNetwork, (FeatureStatistics? Originals, FeatureStatistics Pictures)> _gathered = [];

    /// <summary>Begins the next set of reconstructions.</summary>
    public void Begin() => _gathered = networks.ToDictionary(network => network, network =>
        (_originals.ContainsKey(network) ? null : new FeatureStatistics(network.Length), new FeatureStatistics(network.Length)));

    /// <summary>Adds images and their reconstructions.</summary>
    public void Add(IReadOnlyList<PixelImage> originals, IReadOnlyList<PixelImage> pictures)
    {
        foreach (var (network, (ofOriginals, ofPictures)) in _gathered)
        {
            ofOriginals?.Add(network.FeaturesOf(originals));
            ofPictures.Add(network.FeaturesOf(pictures));
        }
    }

    /// <summary>Ends the set; none of its distances from a single image.</summary>
    public IReadOnlyList<Figure> Finish()
    {
        foreach (var (network, (ofOriginals, _)) in _gathered)
        {
            if (ofOriginals is not null)
                _originals.Add(network, ofOriginals);
        }
        return [.. _gathered.Where(pair => pair.Value.Pictures.Count >= FewestImages).Select(pair =>
            new Figure(pair.Key.Metric, FrechetDistance.Of(_originals[pair.Key], pair.Value.Pictures), Interval: null))];
    }
}
