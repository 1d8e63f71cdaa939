using ScottPlot;

namespace Underpaint.Reports.Plots;

/// <summary>One line of a <see cref="FigurePlot"/>, from left to right.</summary>
internal sealed record FigureSeries(string Name, Color Color, LinePattern Pattern, IReadOnlyList<FigurePoint> Points)
{
    /// <summary>The line of a run that is compared, in its own colour and pattern.</summary>
    public static FigureSeries OfRun(string name, int place, IReadOnlyList<FigurePoint> points) =>
        new(name, PlotTheme.OfRun(place), PlotTheme.PatternOfRun(place), points);
}
