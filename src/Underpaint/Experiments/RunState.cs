namespace Underpaint.Experiments;

/// <summary>How a run of an experiment stands.</summary>
public enum RunState
{
    /// <summary>Trained to its end, and judged.</summary>
    Complete,

    /// <summary>Not all is done: it was stopped, or has not begun.</summary>
    Unfinished,

    /// <summary>Another process works on it.</summary>
    InUse,

    /// <summary>It cannot be trained or judged.</summary>
    Failed,
}
