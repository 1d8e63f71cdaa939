namespace Underpaint.Exchange;

/// <summary>A directions file that an import made of a classifier.</summary>
/// <param name="Path">The file.</param>
/// <param name="CodeSize">Numbers in a code.</param>
/// <param name="Names">The attributes' names.</param>
public sealed record ImportedDirections(string Path, int CodeSize, IReadOnlyList<string> Names);
