namespace Underpaint.Reports.Plots;

/// <summary>One value of a curve.</summary>
/// <param name="ImagesSeen">Images trained on when it was measured.</param>
/// <param name="Value">What was measured; values that are not finite are left out of the picture.</param>
internal readonly record struct CurvePoint(long ImagesSeen, double Value);
