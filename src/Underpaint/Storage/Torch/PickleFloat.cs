namespace Underpaint.Storage.Torch;

/// <summary>A number with a fraction, or one that is none.</summary>
/// <param name="Value">The number.</param>
public sealed record PickleFloat(double Value) : PickleValue;
