using Underpaint.Reports.Plots;

namespace Underpaint.Reports.Pages;

/// <summary>The loss by noise level.</summary>
internal static class NoiseSection
{
    public static Html Of(RunReportData data)
    {
        if (!data.Ticks.Any(tick => tick.LossByNoise.Any(loss => loss is not null)))
            return Html.Empty;
        CurvePlot plot = NoiseLevelPlot.Of(data.Ticks, data.Phases);
        return Html.Of($"""
            <section>
            <h2>Loss by noise level</h2>
            <div class="plots">
            {PlotFigure.Of("Loss at each noise level (log scale)", plot, withLegend: false)}<div class="aside">
            <p>At high noise the network has little more than the code to go by, so it learns structure. At low noise it sees almost the
            whole image, and learns detail.</p>
            <p class="small">Noise level, from 1 (pure noise) to 0 (clean):</p>
            {PlotFigure.Legend(plot.Series.Where(series => series.Points.Count > 0))}
            </div>
            </div>
            </section>

            """);
    }
}
