namespace Underpaint.Storage.Torch;

/// <summary>Raw bytes.</summary>
/// <param name="Value">The bytes.</param>
public sealed record PickleBytes(ReadOnlyMemory<byte> Value) : PickleValue;
