namespace Underpaint.Storage;

/// <summary>One file of a saved checkpoint, as its manifest lists it.</summary>
/// <param name="Name">Its plain name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal digits.</param>
internal sealed record CheckpointFile(string Name, long Length, string Sha256);
