using Underpaint.Evaluation;
using Underpaint.Evaluation.Comparisons;
using Underpaint.Evaluation.Metrics;
using Underpaint.Reports.Plots;

namespace Underpaint.Reports.Pages.Comparisons;

/// <summary>At which size of detail, and at which noise level, the runs differ.</summary>
internal static class ScaleSection
{
    public static Html Of(Comparison comparison) => Html.Of($"""
        <section>
        <h2>Where the difference comes from</h2>
        <p class="legend">{comparison.Runs.Select(run => RunName.Of(comparison, run))}</p>
        <div class="plots">
        {PlotFigure.Of($"Power of the pictures over that of the originals ({comparison.Lead.Name}; 1 is right, below is blur, above is invented)",
            "over spatial frequency", Spectrum(comparison))}
        {PlotFigure.Of("Error of the image that one call sees behind the noise (log scale; lower is better)", "over noise level", Noise(comparison))}</div>
        <p class="small">Left: from shapes as large as the picture (0) to the finest detail (0.5 cycles per pixel and more). Right: from the clean
        image (0) to pure noise (1), where the code alone has to tell.</p>
        </section>

        """);

    private static FigurePlot Spectrum(Comparison comparison) => new()
    {
        Across = ValueAxis.Range(0, 0.71),
        LogScale = true,
        Ideal = 1,
        Series = [.. comparison.Runs.Select((run, place) => FigureSeries.OfRun(run.Name, place, SpectrumOf(run, comparison.Lead)))],
    };

    private static FigurePoint[] SpectrumOf(ComparedRun run, Decoding decoding)
    {
        if (run.Find(decoding)?.Measurements.FirstOrDefault(measurement => measurement.Metrics.Contains(SpectrumVector.Distance)) is not { } spectrum)
            return [];
        // The mean colour is no detail.
        return [.. SpectrumVector.BinsOf(spectrum.Mean, run.Recipe.Data.Size).Skip(1).Select(bin => new FigurePoint(bin.Frequency, bin.Ratio, bin.Ratio, bin.Ratio))];
    }

    private static FigurePlot Noise(Comparison comparison) => new()
    {
        Across = ValueAxis.Range(0, 1),
        LogScale = true,
        Series =
        [
            .. comparison.Runs.Select((run, place) => FigureSeries.OfRun(run.Name, place,
                [.. run.NoiseErrors.Select(level => new FigurePoint(level.Share, level.Error.Mean, level.Error.Low, level.Error.High))])),
        ],
    };
}
