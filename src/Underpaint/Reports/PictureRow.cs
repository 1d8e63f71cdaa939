namespace Underpaint.Reports;

/// <summary>One row of a <see cref="PictureGrid"/>.</summary>
/// <param name="Label">What stands to the left of the row; may be empty.</param>
/// <param name="Cells">The pictures from left to right; null leaves a place empty.</param>
public sealed record PictureRow(string Label, IReadOnlyList<PictureCell?> Cells);
