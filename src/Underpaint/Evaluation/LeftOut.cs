namespace Underpaint.Evaluation;

/// <summary>Something that could not be measured.</summary>
/// <param name="Name">The metric or the way of decoding.</param>
/// <param name="Reason">Why not, as a full sentence.</param>
public sealed record LeftOut(string Name, string Reason);
