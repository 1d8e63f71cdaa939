using Underpaint.Data.Images;

namespace Underpaint.Evaluation.Metrics;

/// <summary>
/// The multi-scale structural similarity (MS-SSIM) of an image and its reconstruction (Wang, Simoncelli and Bovik 2003):
/// contrast and structure are compared at several sizes of the image, brightness at the smallest only.
/// </summary>
public static class MultiScaleStructuralSimilarity
{
    /// <summary>What <see cref="Of"/> computes, in one line.</summary>
    public const string Definition =
        "MS-SSIM: windows and constants of SSIM at 5 scales, each the 2×2 means of the one before (an odd last row or column is left out); "
        + "product of max(contrast and structure, 0)^weight, at the last scale max(SSIM, 0)^weight, "
        + "weights 0.0448, 0.2856, 0.3001, 0.2363, 0.1333; mean over channels";

    /// <summary>What <see cref="Fitted"/> computes, in one line.</summary>
    public const string FittedDefinition =
        "Fitted MS-SSIM: as MS-SSIM, but with only as many of its scales as keep 11×11 pixels (2 for 32×32, 3 for 64×64), "
        + "their weights divided by their sum; with all 5 it is MS-SSIM";

    private static readonly double[] Weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    /// <summary>Width and height of the smallest image that <see cref="Of"/> takes, in pixels.</summary>
    public static int SmallestSide => StructuralSimilarity.Window << (Weights.Length - 1);

    /// <summary>The similarity of one image over all five scales (the usual definition).</summary>
    /// <param name="a">One image, at least 176×176 pixels.</param>
    /// <param name="b">The other, of the same size and channels.</param>
    /// <returns>0 … 1; symmetric in the two images.</returns>
    /// <exception cref="UnderpaintException">The sizes or channels differ, or the images are too small.</exception>
    public static double Of(PixelImage a, PixelImage b)
    {
        ImagePlanes.RequireSameSize(a, b);
        return OfPlanes(ImagePlanes.Of(a), ImagePlanes.Of(b), a.Width, a.Height);
    }

    /// <summary>The similarity over as many scales as fit, for small images; comparable between images of the same size only.</summary>
    /// <param name="a">One image, at least 11×11 pixels.</param>
    /// <param name="b">The other, of the same size and channels.</param>
    /// <returns>0 … 1; symmetric in the two images.</returns>
    /// <exception cref="UnderpaintException">The sizes or channels differ, or the images are smaller than a window.</exception>
    public static double Fitted(PixelImage a, PixelImage b)
    {
        ImagePlanes.RequireSameSize(a, b);
        return FittedPlanes(ImagePlanes.Of(a), ImagePlanes.Of(b), a.Width, a.Height);
    }

    /// <summary>How many scales <see cref="Fitted"/> has for images of a size: 0 (too small) … 5.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public static int ScalesOf(int width, int height)
    {
        int scales = 0;
        for (int side = Math.Min(width, height); side >= StructuralSimilarity.Window && scales < Weights.Length; side /= 2)
            scales++;
        return scales;
    }

    /// <summary><see cref="Of"/> on planes (channels, height, width) of values in [0, 1].</summary>
    internal static double OfPlanes(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int width, int height)
    {
        ImagePlanes.RequireSide("MS-SSIM", SmallestSide, width, height, "Compare larger images, or use the fitted MS-SSIM.");
        return Mean(a, b, width, height, Weights);
    }

    /// <summary><see cref="Fitted"/> on planes (channels, height, width) of values in [0, 1].</summary>
    internal static double FittedPlanes(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int width, int height)
    {
        ImagePlanes.RequireSide("Fitted MS-SSIM", StructuralSimilarity.Window, width, height, "Compare larger images, or use PSNR.");
        double[] weights = Weights[..ScalesOf(width, height)];
        // The five published weights add up to 1.0001; they stay as they are.
        double total = weights.Length == Weights.Length ? 1 : weights.Sum();
        return Mean(a, b, width, height, [.. weights.Select(weight => weight / total)]);
    }

    private static double Mean(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int width, int height, double[] weights) =>
        Plane.Split(a, width, height).Zip(Plane.Split(b, width, height), (a, b) => OfPlane(a, b, weights)).Average();

    private static double OfPlane(Plane a, Plane b, double[] weights)
    {
        double product = 1;
        for (int scale = 0; scale < weights.Length; scale++)
        {
            if (scale > 0)
                (a, b) = (Halve(a), Halve(b));
            var (similarity, contrast) = StructuralSimilarity.MeansOf(a.Values, b.Values, a.Width);
            product *= Math.Pow(Math.Max(scale == weights.Length - 1 ? similarity : contrast, 0), weights[scale]);
        }
        return product;
    }

    private static Plane Halve(Plane plane) => Plane.Fill(plane.Width / 2, plane.Height / 2, (x, y) =>
        (plane[2 * x, 2 * y] + plane[2 * x + 1, 2 * y] + plane[2 * x, 2 * y + 1] + plane[2 * x + 1, 2 * y + 1]) / 4);
}
