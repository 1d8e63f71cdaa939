using System.Globalization;
using Underpaint.Data.Images;

namespace Underpaint.Evaluation.Metrics;

/// <summary>Band fidelity as a vector: for each band, coarsest first, the energies of original, reconstruction and error.</summary>
internal static class BandVector
{
    private const int Energies = 3;

    /// <summary>The vector of a pair.</summary>
    public static double[] Of(PixelImage original, PixelImage picture) =>
        [.. BandFidelity.Of(original, picture).SelectMany(band => new[] { band.OriginalEnergy, band.ReconstructionEnergy, band.ErrorEnergy })];

    /// <summary>The errors of all bands, coarsest first, and then their energy ratios.</summary>
    public static IReadOnlyList<Metric> MetricsFor(int width, int height)
    {
        IReadOnlyList<string> names = BandFidelity.NamesOf(width, height);
        return
        [
            .. names.Select((name, band) => MetricOf(name, "error", Better.Lower, means => ScoreOf(means, band).RelativeError)),
            .. names.Select((name, band) => MetricOf(name, "energy", Better.NearerToOne, means => ScoreOf(means, band).EnergyRatio)),
        ];
    }

    private static Metric MetricOf(string band, string what, Better better, Func<double[], double> fromMeans) => new()
    {
        Key = KeyOf(band) + char.ToUpperInvariant(what[0]) + what[1..],
        Name = $"{band}: {what}",
        Aspect = band == "texture" && better == Better.NearerToOne ? "amount of fine detail" : "",
        Better = better,
        Definition = BandFidelity.Definition,
        FromMeans = fromMeans,
    };

    private static BandScore ScoreOf(double[] means, int band) => new("", 0,
        means[Energies * band], means[Energies * band + 1], means[Energies * band + 2]);

    // "large shapes" becomes "largeShapes".
    private static string KeyOf(string band)
    {
        string title = string.Concat(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(band).Split(' '));
        return char.ToLowerInvariant(title[0]) + title[1..];
    }
}
