namespace Underpaint.Experiments;

/// <summary>One metric in one row.</summary>
/// <param name="Value">The figure of all images together.</param>
/// <param name="Low">Lower end of its 95 % interval over the images; null for a metric that has none.</param>
/// <param name="High">Upper end.</param>
/// <param name="Version">The metric's version: figures of different versions must not be compared.</param>
public sealed record RowFigure(double Value, double? Low, double? High, int Version);
