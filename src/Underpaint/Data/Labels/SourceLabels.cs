namespace Underpaint.Data.Labels;

/// <summary>The classes of a source's images.</summary>
/// <param name="Names">The classes' names by number.</param>
/// <param name="Labels">Each image's class, negative for none; null when no image has one.</param>
internal sealed record SourceLabels(IReadOnlyList<string> Names, int[]? Labels)
{
    /// <summary>No classes.</summary>
    public static readonly SourceLabels None = new([], null);

    /// <summary>An image's class; null when it has none.</summary>
    public int? this[int index] => Labels?[index] is >= 0 and var label ? label : null;
}
