namespace Underpaint.Reports;

/// <summary>Where a phase lies in a run.</summary>
/// <param name="Name">The phase's name, such as "structure".</param>
/// <param name="FromImages">Images seen when it begins.</param>
/// <param name="ToImages">Images seen when it ends, or will end.</param>
public sealed record PhaseSpan(string Name, long FromImages, long ToImages);
