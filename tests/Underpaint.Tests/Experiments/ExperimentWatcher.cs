using Underpaint.Experiments;
using Underpaint.Runs;
using Underpaint.Tests.Runs;

namespace Underpaint.Tests.Experiments;

/// <summary>Remembers what an experiment did.</summary>
internal sealed class ExperimentWatcher(Action<long>? stepped = null, Action<int>? judged = null) : IExperimentObserver
{
    /// <summary>The runs that were trained, and from where on.</summary>
    public List<string> Trained { get; } = [];

    public List<ExperimentRow> Rows { get; } = [];

    public List<RunResult> Results { get; } = [];

    public void Training(TrainingRun run, Action<ITrainingObserver> train)
    {
        Trained.Add($"{run.Folder.Name} from {run.StartedAt}");
        train(new Listener(step => stepped?.Invoke(step.ImagesSeen)));
    }

    public void Judged(ExperimentRow row)
    {
        Rows.Add(row);
        judged?.Invoke(Rows.Count);
    }

    public void Ended(RunResult result) => Results.Add(result);
}
