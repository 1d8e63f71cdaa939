namespace Underpaint.Experiments;

/// <summary>What the states of runs are called.</summary>
public static class RunStates
{
    /// <summary>"complete", "unfinished", "in use", "failed".</summary>
    /// <param name="state">The state.</param>
    public static string Word(RunState state) => state switch
    {
        RunState.Complete => "complete",
        RunState.InUse => "in use",
        RunState.Failed => "failed",
        _ => "unfinished",
    };
}
