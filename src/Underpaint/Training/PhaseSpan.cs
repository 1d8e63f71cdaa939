namespace Underpaint.Training;

/// <summary>A phase and its place in the run.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Start">Images seen when it begins.</param>
/// <param name="End">Images seen when it ends.</param>
public sealed record PhaseSpan(Phase Phase, long Start, long End)
{
    /// <summary>The phase's name.</summary>
    public string Name => Phase.Name;
}
