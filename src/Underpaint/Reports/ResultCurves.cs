using Underpaint.Reports.Plots;

namespace Underpaint.Reports;

/// <summary>Curves of results over images seen.</summary>
/// <param name="Title">What they show.</param>
/// <param name="Lines">The lines, each with its name.</param>
internal sealed record ResultCurves(string Title, IReadOnlyList<(string Name, IReadOnlyList<CurvePoint> Points)> Lines);
