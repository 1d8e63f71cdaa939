namespace Underpaint.Storage;

/// <summary>What a search for the newest checkpoint found.</summary>
/// <param name="Newest">The newest one that verifies fully, or null where none does.</param>
/// <param name="Rejected">Those that are newer but cannot be trusted, newest first; tell the user about them.</param>
public sealed record CheckpointSearch(Checkpoint? Newest, IReadOnlyList<RejectedCheckpoint> Rejected);
