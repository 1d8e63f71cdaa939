namespace Underpaint.Harness.Fuzzing;

/// <summary>An input that a reader did not stand.</summary>
/// <param name="Target">The reader.</param>
/// <param name="Number">The input's number.</param>
/// <param name="Cause">Why, short enough for a file's name: an exception's type and place, "slow" or "memory".</param>
/// <param name="Input">The input.</param>
/// <param name="Details">All that is known.</param>
internal sealed record FuzzFailure(string Target, long Number, string Cause, byte[] Input, string Details);
