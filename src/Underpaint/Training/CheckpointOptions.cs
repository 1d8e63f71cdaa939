namespace Underpaint.Training;

/// <summary>When a run saves its state.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Images between checkpoints; one is also saved at the end of every phase. Default 100 000.</summary>
    public long Every { get; init; } = 100_000;

    /// <summary>How many of the newest checkpoints are kept; at least 2. Default 3.</summary>
    public int Keep { get; init; } = 3;

    /// <summary>
    /// Images seen, in rising order, at which the model file is kept for good: a quarter of a checkpoint's size, to see later how
    /// the model grew. Default none.
    /// </summary>
    public IReadOnlyList<long> Milestones { get; init; } = [];
}
