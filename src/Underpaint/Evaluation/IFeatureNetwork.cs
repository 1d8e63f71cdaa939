using Underpaint.Data;

namespace Underpaint.Evaluation;

/// <summary>A network that turns images into vectors of features, so that sets of images can be compared by a Fréchet distance.</summary>
public interface IFeatureNetwork : IDisposable
{
    /// <summary>What the Fréchet distance on these features is called, such as "FID".</summary>
    string DistanceName { get; }

    /// <summary>What that distance is, in one line.</summary>
    string Definition { get; }

    /// <summary>Numbers per vector.</summary>
    int Length { get; }

    /// <summary>Images to features.</summary>
    /// <param name="images">Any number, all of the same width and height.</param>
    /// <returns>One vector of <see cref="Length"/> numbers after the other.</returns>
    float[] FeaturesOf(IReadOnlyList<PixelImage> images);
}
