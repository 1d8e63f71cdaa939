using Underpaint.Data.Images;

namespace Underpaint.Evaluation.Metrics;

/// <summary>
/// At which scale is the picture right? Image and reconstruction are taken apart by the size of their details, from structure to
/// texture, and compared band by band.
/// </summary>
public static class BandFidelity
{
    /// <summary>What the figures are, in one line.</summary>
    public const string Definition =
        "Band fidelity: bands of a Laplacian pyramid (binomial filter 1 4 6 4 1, mirrored borders), values in [0, 1], all channels; "
        + "relative error = energy of the difference / energy of the original, energy ratio = energy of the reconstruction / energy "
        + "of the original; structure's energy is counted about its mean colour, that of the difference is not; less energy than that of "
        + "rounding to 8 bits counts as that";

    /// <summary>Width and height of the smallest image, in pixels: it has two bands.</summary>
    public const int SmallestSide = 2 * SmallestStructure - 1;

    private const int SmallestStructure = 4;

    private static readonly string[][] Names =
    [
        ["structure", "texture"],
        ["structure", "edges", "texture"],
        ["structure", "shapes", "edges", "texture"],
        ["structure", "large shapes", "small shapes", "edges", "texture"],
        ["structure", "large shapes", "shapes", "small shapes", "edges", "texture"],
    ];

    /// <summary>The bands' names for images of a size, coarsest first.</summary>
    /// <param name="width">Width in pixels, at least 7.</param>
    /// <param name="height">Height in pixels, at least 7.</param>
    /// <returns>
    /// As many as leave structure 4 pixels on the shorter side, at most six: four for 28×28 and 32×32, five for 64×64.
    /// </returns>
    /// <exception cref="UnderpaintException">The images are too small.</exception>
    public static IReadOnlyList<string> NamesOf(int width, int height)
    {
        ImagePlanes.RequireSide("Band fidelity", SmallestSide, width, height, "Compare larger images, or use PSNR.");
        int halvings = 0;
        for (int side = Math.Min(width, height); side >= SmallestSide && halvings < Names.Length; side = (side + 1) / 2)
            halvings++;
        return Names[halvings - 1];
    }

    /// <summary>Compares one image with its reconstruction.</summary>
    /// <param name="original">The image, at least 7×7 pixels.</param>
    /// <param name="reconstruction">What became of it, of the same size and channels.</param>
    /// <returns>The bands, coarsest first.</returns>
    /// <exception cref="UnderpaintException">The sizes or channels differ, or the images are too small.</exception>
    public static IReadOnlyList<BandScore> Of(PixelImage original, PixelImage reconstruction)
    {
        ImagePlanes.RequireSameSize(original, reconstruction);
        return OfPlanes(ImagePlanes.Of(original), ImagePlanes.Of(reconstruction), original.Width, original.Height);
    }

    /// <summary>The figures of many images: energies are averaged before they are divided, so that nearly flat images weigh little.</summary>
    /// <param name="images">The bands of each image; at least one, all of the same size.</param>
    public static IReadOnlyList<BandScore> Mean(IEnumerable<IReadOnlyList<BandScore>> images)
    {
        IReadOnlyList<BandScore>[] all = [.. images];
        return [.. all[0].Select((band, i) => new BandScore(band.Name, band.Wavelength,
            all.Average(image => image[i].OriginalEnergy),
            all.Average(image => image[i].ReconstructionEnergy),
            all.Average(image => image[i].ErrorEnergy)))];
    }

    /// <summary><see cref="Of"/> on planes (channels, height, width) of values in [0, 1].</summary>
    internal static BandScore[] OfPlanes(ReadOnlySpan<float> original, ReadOnlySpan<float> reconstruction, int width, int height)
    {
        IReadOnlyList<string> names = NamesOf(width, height);
        int halvings = names.Count - 1;
        Plane[][] originals = [.. Plane.Split(original, width, height).Select(plane => LaplacianPyramid.Of(plane, halvings))];
        Plane[][] reconstructions = [.. Plane.Split(reconstruction, width, height).Select(plane => LaplacianPyramid.Of(plane, halvings))];
        return [.. names.Select((name, band) => new BandScore(name, WavelengthOf(halvings - band),
            originals.Average(bands => EnergyOf(bands, band)),
            reconstructions.Average(bands => EnergyOf(bands, band)),
            originals.Zip(reconstructions, (a, b) => ErrorOf(a[band], b[band])).Average()))];
    }

    // Where the filter's answers in two neighbouring bands are equal: 1 − h(w)² = h(w) (1 − h(w/2)²), with h(w) = cos⁴(π/w).
    private static double WavelengthOf(int halvings) => halvings == 0 ? 2 : 6.5 * (1 << (halvings - 1));

    // The mean colour is most of structure's energy and the easiest to get right: with it, a flat picture would look nearly perfect.
    private static double EnergyOf(Plane[] bands, int band)
    {
        double[] values = bands[band].Values;
        double mean = band == 0 ? values.Average() : 0;
        return values.Average(value => (value - mean) * (value - mean));
    }

    private static double ErrorOf(Plane a, Plane b) => a.Values.Zip(b.Values, (x, y) => (x - y) * (x - y)).Average();
}
