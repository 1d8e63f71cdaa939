using Underpaint.Reports.Plots;

namespace Underpaint.Reports;

/// <summary>Results between two figures.</summary>
/// <param name="Title">What they show.</param>
/// <param name="Axes">What is up and what is across, such as "PSNR over linear probe".</param>
/// <param name="Points">The points, each with its name.</param>
internal sealed record ResultPoints(string Title, string Axes, IReadOnlyList<NamedPoint> Points);
