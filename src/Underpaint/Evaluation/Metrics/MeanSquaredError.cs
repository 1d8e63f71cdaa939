using Underpaint.Data.Images;

namespace Underpaint.Evaluation.Metrics;

/// <summary>The mean squared error (MSE) of two images: 0 for identical ones, at most 1.</summary>
public static class MeanSquaredError
{
    /// <summary>What the figure is, in one line.</summary>
    public const string Definition = "MSE: mean of (a − b)² over all pixels and channels, values in [0, 1]";

    /// <summary>The error of one image; values scaled to [0, 1].</summary>
    /// <param name="a">One image.</param>
    /// <param name="b">The other, of the same size and channels.</param>
    /// <returns>0 … 1; symmetric in the two images.</returns>
    /// <exception cref="UnderpaintException">The sizes or channels differ.</exception>
    public static double Of(PixelImage a, PixelImage b)
    {
        ImagePlanes.RequireSameSize(a, b);
        return OfPlanes(ImagePlanes.Of(a), ImagePlanes.Of(b));
    }

    /// <summary>The same on values in [0, 1], in any order that both share.</summary>
    internal static double OfPlanes(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = (double)a[i] - b[i];
            sum += difference * difference;
        }
        return sum / a.Length;
    }
}
