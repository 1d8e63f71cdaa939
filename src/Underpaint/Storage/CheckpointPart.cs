namespace Underpaint.Storage;

/// <summary>One file of a checkpoint that is to be saved.</summary>
/// <param name="Name">Its name: letters, digits, '.', '-' and '_', not starting with '.', such as "weights.safetensors".</param>
/// <param name="Write">Writes its content to the stream, which can only be written, not read or moved in.</param>
public sealed record CheckpointPart(string Name, Action<Stream> Write);
