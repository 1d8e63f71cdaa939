using Underpaint.Data;

namespace Underpaint.Evaluation;

/// <summary>
/// The Fréchet distance of images and their reconstructions, or of any two sets, on the features of a network; images are given
/// batch by batch and not kept.
/// </summary>
/// <param name="network">Turns images into features; stays the caller's.</param>
public sealed class FeatureDistance(IFeatureNetwork network)
{
    private readonly FeatureStatistics _originals = new(network.Length);
    private readonly FeatureStatistics _others = new(network.Length);

    /// <summary>What the distance is called.</summary>
    public string Name => network.DistanceName;

    /// <summary>What it is, in one line.</summary>
    public string Definition => network.Definition;

    /// <summary>How many images each of the sets has, the smaller number of the two.</summary>
    public long Count => Math.Min(_originals.Count, _others.Count);

    /// <summary>The distance of all images so far; it falls with their number, so compare equal numbers only.</summary>
    /// <exception cref="UnderpaintException">There are fewer than two images on either side.</exception>
    public double Value => FrechetDistance.Of(_originals, _others);

    /// <summary>Adds images that are compared with.</summary>
    /// <param name="images">Any number, all of the same width and height.</param>
    public void AddOriginals(IReadOnlyList<PixelImage> images) => _originals.Add(network.FeaturesOf(images));

    /// <summary>Adds images that are judged.</summary>
    /// <param name="images">Any number, all of the same width and height.</param>
    public void AddOthers(IReadOnlyList<PixelImage> images) => _others.Add(network.FeaturesOf(images));
}
