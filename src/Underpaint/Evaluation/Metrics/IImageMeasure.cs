using Underpaint.Data.Images;

namespace Underpaint.Evaluation.Metrics;

/// <summary>
/// Compares images with their reconstructions. What it finds of an image is a short vector; one or several metrics are made of the mean
/// of these vectors. May be called from one thread at a time.
/// </summary>
public interface IImageMeasure
{
    /// <summary>What it is called where it has to be left out, such as "GMSD". No two measures have the same.</summary>
    string Name { get; }

    /// <summary>Width and height of the smallest image that it takes, in pixels.</summary>
    int SmallestSide { get; }

    /// <summary>The metrics that it gives for images of a size.</summary>
    /// <param name="width">Width in pixels, at least <see cref="SmallestSide"/>.</param>
    /// <param name="height">Height in pixels, likewise.</param>
    IReadOnlyList<Metric> MetricsFor(int width, int height);

    /// <summary>Compares images, pair by pair. Each vector depends on its own pair only.</summary>
    /// <param name="originals">The images, all of one size, at least <see cref="SmallestSide"/> wide and high.</param>
    /// <param name="pictures">What became of each.</param>
    /// <returns>A vector for each image, all of one length and finite.</returns>
    IReadOnlyList<double[]> Measure(IReadOnlyList<PixelImage> originals, IReadOnlyList<PixelImage> pictures);
}
