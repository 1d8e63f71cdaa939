using ScottPlot;

namespace Underpaint.Reports.Plots;

/// <summary>One line of a plot, with its points in order of images seen.</summary>
internal sealed record CurveSeries(string Name, Color Color, IReadOnlyList<CurvePoint> Points)
{
    /// <summary>How the line is broken. Default not at all.</summary>
    public LinePattern Pattern { get; init; } = LinePattern.Solid;
}
