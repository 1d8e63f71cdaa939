namespace Underpaint.Harness.Soaking;

/// <summary>What came of a soak.</summary>
/// <param name="IsEqual">Whether the disturbed run became what the one that was left alone had become.</param>
/// <param name="ImagesSeen">How far both were then.</param>
/// <param name="Stops">How often the disturbed run was asked to end.</param>
/// <param name="Readings">How often it was read without an error.</param>
/// <param name="ReadingErrors">The errors of the other times.</param>
/// <param name="Growth">Memory and files of the run that was left alone.</param>
internal sealed record SoakReport(bool IsEqual, long ImagesSeen, int Stops, int Readings, IReadOnlyList<string> ReadingErrors, Growth Growth);
