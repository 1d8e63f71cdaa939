namespace Underpaint.Data.Sources;

/// <summary>An image that cannot be used.</summary>
/// <param name="Index">Its index in the source.</param>
/// <param name="Name">Its name in the source.</param>
/// <param name="Reason">Why, as a full sentence.</param>
public sealed record SkippedImage(int Index, string Name, string Reason);
