using Underpaint.Evaluation;
using Underpaint.Evaluation.Comparisons;
using Underpaint.Evaluation.Metrics;
using Underpaint.Reports.Plots;

namespace Underpaint.Reports.Pages.Comparisons;

/// <summary>Quality against network calls: what more steps buy.</summary>
internal static class CallsSection
{
    public static Html Of(Comparison comparison)
    {
        Decoding[] decodings = [.. comparison.BySteps];
        if (decodings.Length < 2)
            return Html.Empty;
        Metric[] metrics = [.. comparison.Metrics.Where(metric => metric.Aspect != "" && comparison.Runs.All(run => run.Find(decodings[0])?.Find(metric.Key) is not null))];
        return Html.Of($"""
            <section>
            <h2>Quality against network calls</h2>
            <p>One call gives the structure image; every step is one more. More steps lay detail on it, which the eye likes and PSNR does not:
            detail in the wrong place counts as error. So look at both. Bands: 95 % intervals.</p>
            <p class="legend">{comparison.Runs.Select(run => RunName.Of(comparison, run))}</p>
            <div class="plots">
            {metrics.Select(metric => PlotFigure.Of(TitleOf(metric), "over network calls", PlotOf(comparison, decodings, metric)))}</div>
            </section>

            """);
    }

    private static string TitleOf(Metric metric) => $"{metric.Title}: {metric.Aspect} ({metric.Direction})";

    private static FigurePlot PlotOf(Comparison comparison, Decoding[] decodings, Metric metric) => new()
    {
        Across = ValueAxis.Counts([.. decodings.Select(decoding => decoding.Steps)]),
        // Half and twice as much are equally far from 1.
        LogScale = metric.Better == Better.NearerToOne,
        Ideal = metric.Better == Better.NearerToOne ? 1 : null,
        Series =
        [
            .. comparison.Runs.Select((run, place) => FigureSeries.OfRun(run.Name, place,
            [
                .. decodings.Select(decoding => (decoding.Steps, Figure: run.Find(decoding)!.Find(metric.Key)!))
                    .Select(pair => new FigurePoint(pair.Steps, pair.Figure.Value,
                        pair.Figure.Interval?.Low ?? pair.Figure.Value, pair.Figure.Interval?.High ?? pair.Figure.Value)),
            ])),
        ],
    };
}
