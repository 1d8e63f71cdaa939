using Underpaint.Training;

namespace Underpaint.Reports.Plots;

/// <summary>Curves over images seen, with the phases as shaded bands behind them. The legend is left to the page.</summary>
internal sealed record CurvePlot
{
    public required IReadOnlyList<CurveSeries> Series { get; init; }

    public required IReadOnlyList<PhaseSpan> Phases { get; init; }

    /// <summary>Whether equal distances stand for equal ratios; values that are not positive are left out then.</summary>
    public bool LogScale { get; init; }

    /// <summary>Whether lines stop at the borders of phases, because the values of two phases do not measure the same thing.</summary>
    public bool BreakAtPhases { get; init; }

    /// <summary>Whether there is anything to draw.</summary>
    public bool HasPoints => Series.Any(series => series.Points.Any(CanBeDrawn));

    /// <summary>Draws the plot.</summary>
    /// <returns>A PNG of <see cref="PlotSheet.Width"/>×<see cref="PlotSheet.UsualHeight"/> units at two pixels each.</returns>
    public byte[] ToPng(PlotTheme theme)
    {
        CurvePoint[] all = [.. Series.SelectMany(series => series.Points).Where(CanBeDrawn)];
        long lastImage = Math.Max(Phases.Count > 0 ? Phases[^1].End : 0, Math.Max(1, all.Max(point => point.ImagesSeen)));
        var values = LogScale
            ? ValueAxis.Log(all.Min(point => point.Value), all.Max(point => point.Value))
            : ValueAxis.Linear(all.Min(point => point.Value), all.Max(point => point.Value));

        using var sheet = new PlotSheet(theme, ValueAxis.Images(lastImage), values);
        sheet.Shade(Phases, lastImage);
        foreach (CurveSeries series in Series)
        {
            foreach (IEnumerable<CurvePoint> part in BreakAtPhases ? ByPhase(series.Points) : [series.Points])
                sheet.Line(part.Where(CanBeDrawn).Select(point => ((double)point.ImagesSeen, point.Value)), series.Color, series.Pattern);
        }
        return sheet.ToPng();
    }

    private bool CanBeDrawn(CurvePoint point) => double.IsFinite(point.Value) && (!LogScale || point.Value > 0);

    private IEnumerable<IEnumerable<CurvePoint>> ByPhase(IReadOnlyList<CurvePoint> points) =>
        points.GroupBy(point => Phases.Count(phase => phase.End < point.ImagesSeen));
}
