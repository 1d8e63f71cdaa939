using Underpaint.Data.Sources;

namespace Underpaint.Codes;

/// <summary>What came of encoding.</summary>
/// <param name="Path">The code file.</param>
/// <param name="Count">How many codes it holds.</param>
/// <param name="Unreadable">How many images of its share have none because they cannot be read.</param>
/// <param name="Skipped">Those of them that this call came across.</param>
public sealed record EncodingResult(string Path, int Count, int Unreadable, IReadOnlyList<SkippedImage> Skipped);
