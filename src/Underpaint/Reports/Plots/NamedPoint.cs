namespace Underpaint.Reports.Plots;

/// <summary>A point with its name, such as an arm of an experiment between two of its figures.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Across">Its place on the axis below.</param>
/// <param name="Value">Its place on the axis beside.</param>
/// <param name="Parts">What it is the mean of, such as seeds; fewer than two are not shown.</param>
internal sealed record NamedPoint(string Name, double Across, double Value, IReadOnlyList<(double Across, double Value)> Parts);
