namespace Underpaint.Exchange;

/// <summary>A code file that an import made.</summary>
/// <param name="Path">The file.</param>
/// <param name="Count">How many codes.</param>
/// <param name="CodeSize">Numbers in a code.</param>
public sealed record ImportedCodes(string Path, int Count, int CodeSize);
