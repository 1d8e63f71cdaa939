using Underpaint.Machine;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>What an experiment would do, told without doing it. Nothing is written; speeds that are not known yet are measured for a moment.</summary>
public static class ExperimentPlan
{
    /// <summary>Looks at each run.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="folder">Its folder, which need not exist.</param>
    /// <param name="device">Where it would compute.</param>
    /// <param name="only">The names of the arms; null or none takes all.</param>
    /// <param name="stop">Stops between two measurements of speed.</param>
    /// <exception cref="RecipeException">The experiment breaks a rule, or there is no arm of a name in <paramref name="only"/>.</exception>
    /// <exception cref="UnderpaintException">A file of <see cref="Experiment.Measures"/> cannot be used.</exception>
    public static IReadOnlyList<ExperimentRunPlan> Of(Experiment experiment, ExperimentFolder folder, ComputeDevice device,
        IReadOnlyCollection<string>? only = null, CancellationToken stop = default)
    {
        ExperimentRules.Check(experiment);
        using var measures = LoadedMeasures.Load(experiment, device);
        using var images = new SharedImages(experiment);
        var rows = new RowStore(folder, measures);
        var speeds = new ModelSpeeds(experiment, folder, device, stop);
        return [.. experiment.RunsOf(only).Select(run => Of(experiment, run, rows, images, speeds))];
    }

    private static ExperimentRunPlan Of(Experiment experiment, ExperimentRun run, RowStore rows, SharedImages shared, ModelSpeeds speeds)
    {
        try
        {
            Recipe recipe = experiment.RecipeOf(run);
            ExperimentImages images = shared.Of(recipe);
            IReadOnlyList<RowRequest> all = RowRequest.Of(experiment, run, recipe);
            RowRequest[] missing = rows.Missing(all, recipe, images);
            if (missing.Length > 0)
                CheckRun(experiment, run, recipe, rows, all, images);
            long seen = SavedImages(rows.Folder.RunPath(run)), left = missing.Length == 0 ? 0 : Math.Max(0, new PhasePlan(recipe).End - seen);
            long calls = missing.Sum(row => row.Calls(images.SourceOf(row.Evaluation.On).Count));
            double seconds = (left > 0 ? left / speeds.Training(recipe) : 0) + (calls > 0 ? calls / speeds.Calls(recipe) : 0);
            return new(run)
            {
                ImagesSeen = seen,
                ImagesLeft = left,
                RowsDone = all.Count - missing.Length,
                RowsLeft = missing.Length,
                Time = TimeSpan.FromSeconds(seconds),
            };
        }
        catch (UnderpaintException e)
        {
            return new(run) { Problem = e.Message };
        }
    }

    private static void CheckRun(
        Experiment experiment, ExperimentRun run, Recipe recipe, RowStore rows, IReadOnlyList<RowRequest> wanted, ExperimentImages images)
    {
        LostModels.Check(run, recipe, rows, wanted, images);
        RunCheck.Check(experiment, recipe, images);
        string path = rows.Folder.RunPath(run);
        if (RunFolder.IsRun(path))
            RunTraining.CheckSame(RunFolder.Open(path), recipe, images.Data);
    }

    /// <summary>Images seen at the newest checkpoint of a run, by its name alone, or by its model; 0 where there is neither.</summary>
    internal static long SavedImages(string run) => RunFolder.IsRun(run)
        ? Math.Max(RunStart.ModelPosition(RunFolder.Open(run)) ?? 0,
            CheckpointFolder.List(RunFolder.Open(run).CheckpointsFolder).Select(found => found.ImagesSeen).FirstOrDefault())
        : 0;
}
