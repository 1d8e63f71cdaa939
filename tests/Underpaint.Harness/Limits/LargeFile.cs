namespace Underpaint.Harness.Limits;

/// <summary>A file at the declared limits, and how it is read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Write">Makes it at a path.</param>
/// <param name="Read">Reads it as training does.</param>
internal sealed record LargeFile(string Name, Action<string> Write, Action<string> Read);
