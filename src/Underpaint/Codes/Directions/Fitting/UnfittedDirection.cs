namespace Underpaint.Codes.Directions.Fitting;

/// <summary>An attribute for which no direction could be fitted.</summary>
/// <param name="Name">The attribute's name.</param>
/// <param name="Reason">Why not.</param>
public sealed record UnfittedDirection(string Name, string Reason);
