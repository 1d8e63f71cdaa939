using ScottPlot;

namespace Underpaint.Reports.Plots;

/// <summary>One line of a <see cref="FigurePlot"/>, from left to right.</summary>
internal sealed record FigureSeries(string Name, Color Color, IReadOnlyList<FigurePoint> Points);
