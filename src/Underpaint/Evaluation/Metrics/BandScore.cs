namespace Underpaint.Evaluation.Metrics;

/// <summary>How well details of one size are reconstructed. Energies are means of squares of values in [0, 1].</summary>
/// <param name="Name">What the band shows: "structure" (coarsest), kinds of "shapes", "edges", "texture" (finest).</param>
/// <param name="Wavelength">
/// In pixels. Longer waves show in this band rather than in the next finer one: 2 for texture, as there are no shorter ones, about 6.5
/// for edges, and twice as much for each band on.
/// </param>
/// <param name="OriginalEnergy">Energy of the original's band.</param>
/// <param name="ReconstructionEnergy">Energy of the reconstruction's band.</param>
/// <param name="ErrorEnergy">Energy of their difference.</param>
public sealed record BandScore(string Name, double Wavelength, double OriginalEnergy, double ReconstructionEnergy, double ErrorEnergy)
{
    /// <summary>
    /// The error over the original: 0 is right, 1 is as wrong as nothing at all in this band, 2 as wrong as detail of another image.
    /// </summary>
    public double RelativeError => Energy.RelativeError(ErrorEnergy, OriginalEnergy);

    /// <summary>The reconstruction over the original: below 1 detail is missing, above 1 it is invented; 1 where neither has any.</summary>
    public double EnergyRatio => Energy.Ratio(ReconstructionEnergy, OriginalEnergy);
}
