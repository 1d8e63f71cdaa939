namespace Underpaint.Experiments;

/// <summary>How a run of an experiment stands at the end.</summary>
/// <param name="Run">The run.</param>
/// <param name="State">How it stands.</param>
/// <param name="Reason">Why it is not complete, or what is missing in it; empty where there is nothing to say.</param>
public sealed record RunResult(ExperimentRun Run, RunState State, string Reason = "");
