using System.Runtime.InteropServices;
using Underpaint.Machine;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>
/// Does what is left of an experiment: trains what is missing, goes on with what was interrupted, judges what is trained, and writes the
/// results. What is done is not done again. Several processes can work on the same folder at once: each takes the runs that no other
/// works on.
/// </summary>
public sealed class ExperimentSession
{
    private readonly Experiment _experiment;
    private readonly ExperimentFolder _folder;
    private readonly ComputeDevice _device;
    private readonly IExperimentObserver _observer;
    private readonly TimeProvider _time;
    private bool _isNews;

    /// <summary>Prepares; nothing is written yet.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="folder">Where its runs and results are kept.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="time">The clock that speed is measured with. Default the system's.</param>
    /// <exception cref="RecipeException">The experiment breaks a rule.</exception>
    public ExperimentSession(
        Experiment experiment, ExperimentFolder folder, ComputeDevice device, IExperimentObserver observer, TimeProvider? time = null)
    {
        ExperimentRules.Check(experiment);
        (_experiment, _folder, _device, _observer, _time) = (experiment, folder, device, observer, time ?? TimeProvider.System);
    }

    /// <summary>Works until all is done that can be done, or until stopped. A run that fails does not keep the others from being done.</summary>
    /// <param name="only">The names of the arms to work on; null or none takes all.</param>
    /// <param name="stop">Ends the work after the training step or the batch under way; nothing is lost.</param>
    /// <returns>How each run stands, in the order of <see cref="Experiment.Runs"/>; those of other arms are left out.</returns>
    /// <exception cref="RecipeException">There is no arm of a name in <paramref name="only"/>.</exception>
    /// <exception cref="UnderpaintException">A file of <see cref="Experiment.Measures"/> cannot be used, or the results cannot be written.</exception>
    public IReadOnlyList<RunResult> Run(IReadOnlyCollection<string>? only = null, CancellationToken stop = default)
    {
        ExperimentRun[] runs = [.. _experiment.RunsOf(only)];
        using var measures = LoadedMeasures.Load(_experiment, _device);
        using var images = new SharedImages(_experiment);
        var rows = new RowStore(_folder, measures);
        var results = runs.ToDictionary(run => run, run => new RunResult(run, RunState.Unfinished));
        // A run that another process works on may be free by the time the others are done.
        ExperimentRun[] open = runs;
        for (bool isProgress = true; isProgress && open.Length > 0;)
        {
            isProgress = false;
            foreach (ExperimentRun run in open)
            {
                results[run] = Work(run, rows, images, stop);
                isProgress |= results[run].State is RunState.Complete or RunState.Failed;
                WriteNews(rows, images, results);
            }
            open = [.. runs.Where(run => results[run].State == RunState.InUse)];
        }
        ExperimentWriter.Write(_experiment, rows, results, images);
        RunResult[] all = [.. runs.Select(run => results[run])];
        foreach (RunResult result in all)
            _observer.Ended(result);
        return all;
    }

    private RunResult Work(ExperimentRun run, RowStore rows, SharedImages images, CancellationToken stop)
    {
        try
        {
            return TrainAndJudge(run, rows, images, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new(run, RunState.Unfinished);
        }
        catch (RunInUseException e)
        {
            return new(run, RunState.InUse, e.Writer);
        }
        catch (Exception e) when (e is UnderpaintException or ExternalException)
        {
            return new(run, RunState.Failed, e.Message);
        }
    }

    private RunResult TrainAndJudge(ExperimentRun run, RowStore rows, SharedImages shared, CancellationToken stop)
    {
        Recipe recipe = _experiment.RecipeOf(run);
        IReadOnlyList<RowRequest> wanted = RowRequest.Of(_experiment, run, recipe);
        // Images may take long to open: after a stop, they are for a run that may be complete only.
        if (stop.IsCancellationRequested && rows.Missing(wanted, recipe, images: null).Length > 0)
            return new(run, RunState.Unfinished);
        ExperimentImages images = shared.Of(recipe);
        // Rows outlive their runs, which are large: whoever has the rows alone need not train anew.
        if (rows.Missing(wanted, recipe, images).Length == 0)
            return Complete(run, rows.Outdated(wanted, recipe), gaps: []);
        LostModels.Check(run, recipe, rows, wanted, images);
        RunCheck.Check(_experiment, recipe, images);
        stop.ThrowIfCancellationRequested();
        if (!RunTraining.Train(_folder.RunPath(run), recipe, images.Data, _device, _observer, _time, stop))
            return new(run, RunState.Unfinished);
        var maker = new RowMaker(run, recipe, rows, images, _device);
        IReadOnlyList<string> gaps = maker.Make(wanted, Judged, stop);
        return Complete(run, rows.Outdated(wanted, recipe), gaps);
    }

    private static RunResult Complete(ExperimentRun run, string[] outdated, IReadOnlyList<string> gaps) => new(run, RunState.Complete, string.Join("; ",
        outdated.Length == 0 ? gaps : [.. gaps, $"not measured as it would be now, since the models are gone: {string.Join(", ", outdated)}"]));

    private void Judged(ExperimentRow row)
    {
        _isNews = true;
        _observer.Judged(row);
    }

    // So that the results can be looked at while the next runs are trained.
    private void WriteNews(RowStore rows, SharedImages images, Dictionary<ExperimentRun, RunResult> results)
    {
        if (!_isNews)
            return;
        try
        {
            ExperimentWriter.Write(_experiment, rows, results, images);
            _isNews = false;
        }
        catch (UnderpaintException)
        {
            // No reason to leave the next run untrained: they are written again after it, and must succeed at the end.
        }
    }
}
