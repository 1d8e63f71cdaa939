using Underpaint.Reports.Plots;
using Underpaint.Training;

namespace Underpaint.Reports.Pages;

/// <summary>Loss, quality and speed over images seen.</summary>
internal static class CurvesSection
{
    public static Html Of(RunReportData data)
    {
        Html plots = Html.Join([
            Loss(data), Speed(data),
            Quality(data, "PSNR of the validation images, in dB", look => look.Psnr, look => look.StructurePsnr),
            Quality(data, "SSIM of the validation images", look => look.Ssim, look => look.StructureSsim),
        ]);
        if (plots.ToString().Length == 0)
            return Html.Empty;
        return Html.Of($"""
            <section>
            <h2>The training, phase by phase</h2>
            <div class="plots">
            {plots}</div>
            </section>

            """);
    }

    private static Html Loss(RunReportData data) => PlotFigure.Of("Loss (log scale)", new CurvePlot
    {
        Series = [new("loss", PlotTheme.Neutral, [.. data.Ticks.Select(tick => new CurvePoint(tick.ImagesSeen, tick.Loss))])],
        Phases = data.Phases,
        LogScale = true,
        BreakAtPhases = true,
    });

    private static Html Speed(RunReportData data) => PlotFigure.Of("Images per second", new CurvePlot
    {
        Series =
        [
            new("images per second", PlotTheme.Neutral, [.. data.Ticks.Select(tick => new CurvePoint(tick.ImagesSeen, tick.ImagesPerSecond))]),
        ],
        Phases = data.Phases,
    });

    private static Html Quality(
        RunReportData data, string title,
        Func<ValidationRecord, double> ofReconstruction, Func<ValidationRecord, double> ofStructure)
    {
        if (data.Validations.Count == 0)
            return Html.Empty;
        string steps = Figures.Steps(data.Validations[^1].Steps);
        return PlotFigure.Of(title, new CurvePlot
        {
            Series =
            [
                new("structure image", PlotTheme.Structure, PointsOf(ofStructure)),
                new($"reconstruction, {steps}", PlotTheme.Detail, PointsOf(ofReconstruction)),
            ],
            Phases = data.Phases,
        });

        CurvePoint[] PointsOf(Func<ValidationRecord, double> figure) =>
            [.. data.Validations.Select(look => new CurvePoint(look.ImagesSeen, figure(look)))];
    }
}
