namespace Underpaint.Reports.Plots;

/// <summary>One figure.</summary>
/// <param name="Across">Its place on the axis below.</param>
/// <param name="Value">The figure.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
internal readonly record struct FigurePoint(double Across, double Value, double Low, double High);
