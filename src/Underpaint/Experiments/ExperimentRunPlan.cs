namespace Underpaint.Experiments;

/// <summary>What is left to do for one run.</summary>
/// <param name="Run">The run.</param>
public sealed record ExperimentRunPlan(ExperimentRun Run)
{
    /// <summary>Images seen at its newest checkpoint.</summary>
    public long ImagesSeen { get; init; }

    /// <summary>Images still to be trained on.</summary>
    public long ImagesLeft { get; init; }

    /// <summary>Rows that are done.</summary>
    public int RowsDone { get; init; }

    /// <summary>Rows still to be made.</summary>
    public int RowsLeft { get; init; }

    /// <summary>How long that takes, about, with nothing else running.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Why it cannot be done; empty where it can.</summary>
    public string Problem { get; init; } = "";
}
