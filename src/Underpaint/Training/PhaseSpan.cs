namespace Underpaint.Training;

/// <summary>A phase and its place in the run.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Index">Its place in the recipe, from 0.</param>
/// <param name="Start">Images seen when it begins.</param>
/// <param name="End">Images seen when it ends.</param>
public sealed record PhaseSpan(Phase Phase, int Index, long Start, long End);
