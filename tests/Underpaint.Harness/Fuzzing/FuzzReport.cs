namespace Underpaint.Harness.Fuzzing;

/// <summary>What came of many inputs for one reader.</summary>
/// <param name="Target">The reader.</param>
/// <param name="Inputs">How many there were.</param>
/// <param name="Accepted">How many were read.</param>
/// <param name="Refused">How many were refused with the documented exception.</param>
/// <param name="Slowest">The longest that one took.</param>
/// <param name="MostAllocated">The most bytes of managed memory that one took.</param>
/// <param name="Failures">The rest.</param>
internal sealed record FuzzReport(
    string Target, long Inputs, long Accepted, long Refused, TimeSpan Slowest, long MostAllocated, IReadOnlyList<FuzzFailure> Failures);
