namespace Underpaint.Harness.Soaking;

/// <summary>A process at one moment.</summary>
/// <param name="Run">Which.</param>
/// <param name="Time">When.</param>
/// <param name="Resident">Its resident memory in bytes.</param>
/// <param name="Files">How many files it has open.</param>
internal sealed record Sample(string Run, DateTime Time, long Resident, int Files);
