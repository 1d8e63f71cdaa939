using Underpaint.Experiments;
using Underpaint.Runs;

namespace Underpaint.Cli.Progress;

/// <summary>An experiment on the terminal: its runs' own progress one after the other, and a line for each row.</summary>
internal sealed class ExperimentProgress(Terminal terminal, Experiment experiment) : IExperimentObserver
{
    private const int ShownMetrics = 2;

    private readonly IReadOnlyList<ExperimentRun> _runs = experiment.Runs;

    /// <inheritdoc/>
    public void Training(TrainingRun run, Action<ITrainingObserver> train)
    {
        int place = _runs.Select(known => known.Name).ToList().IndexOf(run.Folder.Name) + 1;
        terminal.WriteLine($"Run {place} of {_runs.Count}:");
        TrainingSession.WriteStart(terminal, run);
        TrainingSession.Watch(terminal, train);
        SkippedList.WriteCount(terminal, run.Skipped.Count);
    }

    /// <inheritdoc/>
    public void Judged(ExperimentRow row) => terminal.WriteLine(
        $"{row.Arm}, seed {row.Seed}, at {Wording.Images(row.At)}: {row.On}, {Wording.Images(row.Images)}, {Wording.Steps(row.Steps)}, "
        + $"{row.Solver}, {row.Grid}, {row.Codes}: {string.Join(", ", row.Metrics.Take(ShownMetrics).Select(metric => $"{metric.Key} {Wording.Loss(metric.Value.Value)}"))}");

    /// <inheritdoc/>
    public void Ended(RunResult result)
    {
        if (result.State == RunState.Failed)
            terminal.WriteError($"failed: {result.Run}: {Wording.OneLine(result.Reason)}");
        else if (result.State == RunState.InUse)
            terminal.WriteError($"in use: {result.Run}: another process works on it ({Wording.OneLine(result.Reason)})");
        else if (result.Reason.Length > 0)
            terminal.WriteError($"note: {result.Run}: {Wording.OneLine(result.Reason)}");
    }
}
