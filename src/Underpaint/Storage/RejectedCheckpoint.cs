namespace Underpaint.Storage;

/// <summary>A checkpoint that cannot be trusted.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Reason">What is wrong with it, as a full sentence.</param>
public sealed record RejectedCheckpoint(string Folder, string Reason);
