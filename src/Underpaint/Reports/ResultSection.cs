namespace Underpaint.Reports;

/// <summary>A part of a <see cref="ResultDocument"/>.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Note">A sentence below it; may be empty.</param>
/// <param name="Tables">Its tables.</param>
internal sealed record ResultSection(string Title, string Note, IReadOnlyList<ResultTable> Tables)
{
    /// <summary>Its curves, which Markdown leaves out. Default none.</summary>
    public IReadOnlyList<ResultCurves> Curves { get; init; } = [];

    /// <summary>Its points between two figures, which Markdown leaves out. Default none.</summary>
    public IReadOnlyList<ResultPoints> Points { get; init; } = [];
}
