using Underpaint.Data.Images;

namespace Underpaint.Evaluation.Metrics;

/// <summary>
/// The gradient magnitude similarity deviation (GMSD) of an image and its reconstruction (Xue, Zhang, Mou and Bovik 2014): how
/// unevenly edges are kept. 0 for identical images; the larger, the worse.
/// </summary>
public static class GradientMagnitudeSimilarityDeviation
{
    /// <summary>What the figure is, in one line.</summary>
    public const string Definition =
        "GMSD: as in the authors' code; luma 0.299 R + 0.587 G + 0.114 B in [0, 1], 2×2 means, Prewitt gradients, zeros outside of the "
        + "image, similarity (2ab + c)/(a² + b² + c) with c = 0.0026, standard deviation over positions (n − 1)";

    /// <summary>Width and height of the smallest image, in pixels: one 3×3 gradient in the halved image.</summary>
    public const int SmallestSide = 6;

    private const double C = 0.0026;

    /// <summary>The deviation of one image.</summary>
    /// <param name="a">One image, at least 6×6 pixels.</param>
    /// <param name="b">The other, of the same size and channels.</param>
    /// <returns>0 … about 0.5; symmetric in the two images.</returns>
    /// <exception cref="UnderpaintException">The sizes or channels differ, or the images are too small.</exception>
    /// <remarks>
    /// Zeros outside make an edge around every bright image. So two flat images of different brightness do not have 0.
    /// </remarks>
    public static double Of(PixelImage a, PixelImage b)
    {
        ImagePlanes.RequireSameSize(a, b);
        return OfPlanes(ImagePlanes.Of(a), ImagePlanes.Of(b), a.Width, a.Height);
    }

    /// <summary>The same on planes (channels, height, width) of values in [0, 1].</summary>
    internal static double OfPlanes(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int width, int height)
    {
        ImagePlanes.RequireSide("GMSD", SmallestSide, width, height, "Compare larger images, or use PSNR.");
        Plane gradientA = GradientMagnitude(Halve(Luma(Plane.Split(a, width, height))));
        Plane gradientB = GradientMagnitude(Halve(Luma(Plane.Split(b, width, height))));
        return StandardDeviation([.. gradientA.Values.Zip(gradientB.Values, Similarity)]);
    }

    private static Plane Luma(Plane[] channels) => channels is [var red, var green, var blue]
        ? Plane.Fill(red.Width, red.Height, (x, y) => 0.299 * red[x, y] + 0.587 * green[x, y] + 0.114 * blue[x, y])
        : channels[0];

    private static Plane Halve(Plane plane) => Plane.Fill((plane.Width + 1) / 2, (plane.Height + 1) / 2, (x, y) =>
        (At(plane, 2 * x, 2 * y) + At(plane, 2 * x + 1, 2 * y) + At(plane, 2 * x, 2 * y + 1) + At(plane, 2 * x + 1, 2 * y + 1)) / 4);

    private static Plane GradientMagnitude(Plane plane) => Plane.Fill(plane.Width, plane.Height, (x, y) =>
    {
        double alongX = 0, alongY = 0;
        for (int k = -1; k <= 1; k++)
        {
            alongX += At(plane, x + 1, y + k) - At(plane, x - 1, y + k);
            alongY += At(plane, x + k, y + 1) - At(plane, x + k, y - 1);
        }
        return Math.Sqrt(alongX * alongX + alongY * alongY) / 3;
    });

    private static double At(Plane plane, int x, int y) =>
        (uint)x < (uint)plane.Width && (uint)y < (uint)plane.Height ? plane[x, y] : 0;

    private static double Similarity(double a, double b) => (2 * a * b + C) / (a * a + b * b + C);

    private static double StandardDeviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
