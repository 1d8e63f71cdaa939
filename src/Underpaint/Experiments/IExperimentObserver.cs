using Underpaint.Runs;

namespace Underpaint.Experiments;

/// <summary>Watches an experiment. All calls come from the thread that runs it.</summary>
public interface IExperimentObserver
{
    /// <summary>A run is to be trained now.</summary>
    /// <param name="run">The run.</param>
    /// <param name="train">Trains it; to be called once, with who watches.</param>
    void Training(TrainingRun run, Action<ITrainingObserver> train);

    /// <summary>A row is done.</summary>
    /// <param name="row">The row.</param>
    void Judged(ExperimentRow row);

    /// <summary>No more is done for a run in this process.</summary>
    /// <param name="result">How it stands.</param>
    void Ended(RunResult result);
}
