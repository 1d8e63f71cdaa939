namespace Underpaint.Reports.Plots;

/// <summary>Figures of several runs, such as over the number of network calls, with their intervals as bands. The legend is left to the page.</summary>
internal sealed record FigurePlot : IPlot
{
    public required IReadOnlyList<FigureSeries> Series { get; init; }

    public required ValueAxis Across { get; init; }

    /// <summary>Whether equal distances stand for equal ratios; values that are not positive are left out then.</summary>
    public bool LogScale { get; init; }

    /// <summary>The value that would be right, as a dashed line; none by default.</summary>
    public double? Ideal { get; init; }

    /// <inheritdoc/>
    public bool HasPoints => Series.Any(series => series.Points.Any(CanBeDrawn));

    /// <inheritdoc/>
    public byte[] ToPng(PlotTheme theme)
    {
        double[] values =
        [
            .. Series.SelectMany(series => series.Points).Where(CanBeDrawn).SelectMany(point => new[] { point.Low, point.High }),
            .. Ideal is { } ideal ? [ideal] : Array.Empty<double>(),
        ];
        using var sheet = new PlotSheet(theme, Across, LogScale
            ? ValueAxis.Log(values.Min(), values.Max(), hasNames: false)
            : ValueAxis.Linear(values.Min(), values.Max(), hasNames: false));
        if (Ideal is { } right)
            sheet.Ideal(right);
        foreach (FigureSeries series in Series)
            sheet.Band([.. series.Points.Where(CanBeDrawn)], series.Color);
        foreach (FigureSeries series in Series)
            sheet.Line(series.Points.Where(CanBeDrawn).Select(point => (point.Across, point.Value)), series.Color, series.Pattern);
        return sheet.ToPng();
    }

    private bool CanBeDrawn(FigurePoint point) => double.IsFinite(point.Value) && (!LogScale || point.Low > 0);
}
