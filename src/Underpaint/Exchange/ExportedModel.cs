namespace Underpaint.Exchange;

/// <summary>What an export wrote.</summary>
/// <param name="Weights">The file with the weights.</param>
/// <param name="Card">The model card.</param>
public sealed record ExportedModel(string Weights, string Card);
