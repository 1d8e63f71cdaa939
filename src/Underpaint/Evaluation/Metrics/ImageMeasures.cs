namespace Underpaint.Evaluation.Metrics;

/// <summary>The measures that need nothing but the two images, in the order in which they are shown.</summary>
public static class ImageMeasures
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IImageMeasure> All { get; } =
    [
        new PairMeasure(
            new()
            {
                Key = "psnr",
                Name = "PSNR",
                Aspect = "likeness pixel by pixel",
                Unit = "dB",
                Digits = 2,
                Better = Better.Higher,
                Definition = PeakSignalToNoise.Definition,
            },
            smallestSide: 1, PeakSignalToNoise.Capped),
        new PairMeasure(
            new()
            {
                Key = "ssim",
                Name = "SSIM",
                Aspect = "structure",
                Better = Better.Higher,
                Definition = StructuralSimilarity.Definition,
            },
            StructuralSimilarity.Window, StructuralSimilarity.Of),
        new PairMeasure(
            new() { Key = "ssimZeroPadded", Name = "SSIM as in Diff-AE", Better = Better.Higher, Definition = StructuralSimilarity.ZeroPaddedDefinition },
            smallestSide: 1, StructuralSimilarity.ZeroPadded),
        new PairMeasure("MS-SSIM", StructuralSimilarity.Window, (width, height) => [MultiScale(width, height)],
            (original, picture) => [MultiScaleStructuralSimilarity.Fitted(original, picture)]),
        new PairMeasure(
            new()
            {
                Key = "gmsd",
                Name = "GMSD",
                Aspect = "edges",
                Better = Better.Lower,
                Definition = GradientMagnitudeSimilarityDeviation.Definition,
            },
            GradientMagnitudeSimilarityDeviation.SmallestSide, GradientMagnitudeSimilarityDeviation.Of),
        new PairMeasure(
            new() { Key = "mse", Name = "MSE", Digits = 5, Better = Better.Lower, Definition = MeanSquaredError.Definition },
            smallestSide: 1, MeanSquaredError.Of),
        new PairMeasure(
            new() { Key = "mae", Name = "MAE", Digits = 4, Better = Better.Lower, Definition = MeanAbsoluteError.Definition },
            smallestSide: 1, MeanAbsoluteError.Of),
        new PairMeasure("Band fidelity", BandFidelity.SmallestSide, BandVector.MetricsFor, BandVector.Of),
        new PairMeasure("Log-spectral distance", PowerSpectrumRatio.SmallestSide, (_, _) => [SpectrumVector.Distance], SpectrumVector.Of),
    ];

    // With all five scales the fitted form is the usual one; with a single one it is SSIM, which has its say already.
    private static Metric MultiScale(int width, int height)
    {
        int scales = MultiScaleStructuralSimilarity.ScalesOf(width, height);
        bool isUsual = Math.Min(width, height) >= MultiScaleStructuralSimilarity.SmallestSide;
        return new()
        {
            Key = isUsual ? "msSsim" : "msSsimFitted",
            Name = isUsual ? "MS-SSIM" : $"MS-SSIM ({scales} scale{(scales == 1 ? "" : "s")})",
            Aspect = scales > 1 ? "structure at several sizes" : "",
            Better = Better.Higher,
            Definition = isUsual ? MultiScaleStructuralSimilarity.Definition : MultiScaleStructuralSimilarity.FittedDefinition,
        };
    }
}
