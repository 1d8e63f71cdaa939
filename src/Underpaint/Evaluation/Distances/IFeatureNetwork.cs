using Underpaint.Data.Images;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Evaluation.Distances;

/// <summary>
/// A network by whose features two sets of images are compared as wholes: the evaluator gathers the features' statistics and takes
/// their <see cref="FrechetDistance"/>. May be called from one thread at a time.
/// </summary>
public interface IFeatureNetwork
{
    /// <summary>The Fréchet distance of these features; it names the network and how images get into it.</summary>
    Metric Metric { get; }

    /// <summary>The same between new images and real ones, where it has another name there. Default <see cref="Metric"/>.</summary>
    Metric MetricOfSamples => Metric;

    /// <summary>Numbers in the features of an image.</summary>
    int Length { get; }

    /// <summary>The features of images.</summary>
    /// <param name="images">All of one size.</param>
    /// <returns>One vector after the other.</returns>
    float[] FeaturesOf(IReadOnlyList<PixelImage> images);
}
