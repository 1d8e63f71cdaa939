using Underpaint.Data.Images;

namespace Underpaint.Evaluation.Metrics;

/// <summary>
/// The structural similarity (SSIM) of an image and its reconstruction (Wang, Bovik, Sheikh and Simoncelli 2004): means,
/// variances and covariance of small windows are compared. 1 for identical images, about 0 for unrelated ones.
/// </summary>
public static class StructuralSimilarity
{
    /// <summary>What <see cref="Of"/> computes, in one line.</summary>
    public const string Definition =
        "SSIM: 11×11 Gaussian window (σ 1.5) inside the image, C₁ = 0.01², C₂ = 0.03², values in [0, 1], "
        + "mean over positions and channels";

    /// <summary>What <see cref="ZeroPadded"/> computes, in one line.</summary>
    public const string ZeroPaddedDefinition =
        "SSIM as in Diff-AE: as SSIM, but with windows around every pixel and zeros outside of the image";

    /// <summary>Width and height of the window, in pixels: the smallest image that <see cref="Of"/> takes.</summary>
    public const int Window = 11;

    private const double C1 = 0.01 * 0.01;
    private const double C2 = 0.03 * 0.03;

    private static readonly double[] Gaussian = NormalisedGaussian(sigma: 1.5);

    /// <summary>The similarity of one image over all windows that lie inside it ("valid"; the usual definition).</summary>
    /// <param name="a">One image, at least 11×11 pixels.</param>
    /// <param name="b">The other, of the same size and channels.</param>
    /// <returns>−1 … 1; symmetric in the two images.</returns>
    /// <exception cref="UnderpaintException">The sizes or channels differ, or the images are smaller than the window.</exception>
    public static double Of(PixelImage a, PixelImage b) => OfImages(a, b, zeroPadded: false);

    /// <summary>
    /// The similarity with windows around every pixel and zeros outside, as Diff-AE reports it; mostly a little higher than the usual one.
    /// </summary>
    /// <param name="a">One image.</param>
    /// <param name="b">The other, of the same size and channels.</param>
    /// <returns>−1 … 1; symmetric in the two images.</returns>
    /// <exception cref="UnderpaintException">The sizes or channels differ.</exception>
    public static double ZeroPadded(PixelImage a, PixelImage b) => OfImages(a, b, zeroPadded: true);

    private static double OfImages(PixelImage a, PixelImage b, bool zeroPadded)
    {
        ImagePlanes.RequireSameSize(a, b);
        return OfPlanes(ImagePlanes.Of(a), ImagePlanes.Of(b), a.Width, a.Height, a.Channels, zeroPadded);
    }

    /// <summary>The same on planes (channels, height, width) of values in [0, 1].</summary>
    internal static double OfPlanes(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, int width, int height, int channels, bool zeroPadded = false)
    {
        if (!zeroPadded)
            ImagePlanes.RequireSide("SSIM", Window, width, height, "Compare larger images, or use PSNR.");
        int area = width * height;
        int margin = zeroPadded ? Window / 2 : 0;
        double sum = 0;
        for (int c = 0; c < channels; c++)
        {
            double[] planeA = WithMargin(a.Slice(c * area, area), width, margin);
            double[] planeB = WithMargin(b.Slice(c * area, area), width, margin);
            sum += MeansOf(planeA, planeB, width + 2 * margin).Similarity;
        }
        return sum / channels;
    }

    /// <summary>Means over all windows inside one plane: of the similarity, and of its factor for contrast and structure.</summary>
    internal static (double Similarity, double Contrast) MeansOf(double[] a, double[] b, int width)
    {
        double[] meanA = Blur(a, width), meanB = Blur(b, width);
        double[] squareA = Blur(Product(a, a), width), squareB = Blur(Product(b, b), width), product = Blur(Product(a, b), width);
        double similarity = 0, contrast = 0;
        for (int i = 0; i < meanA.Length; i++)
        {
            double varianceA = squareA[i] - meanA[i] * meanA[i];
            double varianceB = squareB[i] - meanB[i] * meanB[i];
            double covariance = product[i] - meanA[i] * meanB[i];
            double contrastHere = (2 * covariance + C2) / (varianceA + varianceB + C2);
            contrast += contrastHere;
            similarity += contrastHere * (2 * meanA[i] * meanB[i] + C1) / (meanA[i] * meanA[i] + meanB[i] * meanB[i] + C1);
        }
        return (similarity / meanA.Length, contrast / meanA.Length);
    }

    private static double[] WithMargin(ReadOnlySpan<float> plane, int width, int margin)
    {
        int height = plane.Length / width;
        int outerWidth = width + 2 * margin;
        var outer = new double[outerWidth * (height + 2 * margin)];
        for (int i = 0; i < plane.Length; i++)
            outer[(i / width + margin) * outerWidth + i % width + margin] = plane[i];
        return outer;
    }

    private static double[] Product(double[] a, double[] b)
    {
        var product = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
            product[i] = a[i] * b[i];
        return product;
    }

    /// <summary>Weighted means of all windows inside the plane: first along x, then along y.</summary>
    private static double[] Blur(double[] plane, int width)
    {
        int height = plane.Length / width;
        int innerWidth = width - Window + 1;
        var rows = new double[innerWidth * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < innerWidth; x++)
            {
                for (int k = 0; k < Window; k++)
                    rows[y * innerWidth + x] += Gaussian[k] * plane[y * width + x + k];
            }
        }

        var means = new double[innerWidth * (height - Window + 1)];
        for (int i = 0; i < means.Length; i++)
        {
            for (int k = 0; k < Window; k++)
                means[i] += Gaussian[k] * rows[i + k * innerWidth];
        }
        return means;
    }

    private static double[] NormalisedGaussian(double sigma)
    {
        double[] weights = [.. Enumerable.Range(-(Window / 2), Window).Select(x => Math.Exp(-x * x / (2 * sigma * sigma)))];
        double total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }
}
