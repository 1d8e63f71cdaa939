using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Perceptual;
using Underpaint.Reports;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>What an experiment has found so far.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Recipes">The resolved recipe of each run that has one.</param>
/// <param name="Rows">The rows that are done, arm by arm, seed by seed, moment by moment.</param>
/// <param name="Open">The runs that are not complete, or that have a gap.</param>
/// <param name="Metrics">All metrics, each once, in the order in which they are shown; one that some rows have in a version that is not measured here stands once more for that.</param>
/// <param name="LeftOut">What was not measured, and why.</param>
internal sealed record ExperimentResults(
    Experiment Experiment, IReadOnlyList<(ExperimentRun Run, Recipe Recipe)> Recipes, IReadOnlyList<ExperimentRow> Rows, IReadOnlyList<RunResult> Open,
    IReadOnlyList<Metric> Metrics, IReadOnlyList<LeftOut> LeftOut)
{
    /// <summary>Whether there are rows, but not one that was made of what the experiment names now.</summary>
    public bool HasNoneOfItsRows { get; private init; }

    /// <summary>Reads what is there.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="store">Its rows.</param>
    /// <param name="known">How runs ended that this process worked on.</param>
    /// <param name="images">The images as they are now.</param>
    public static ExperimentResults Gather(
        Experiment experiment, RowStore store, IReadOnlyDictionary<ExperimentRun, RunResult> known, SharedImages images)
    {
        var recipes = new List<(ExperimentRun Run, Recipe Recipe)>();
        var rows = new List<ExperimentRow>();
        var open = new List<RunResult>();
        bool areThere = false;
        foreach (ExperimentRun run in experiment.Arms.SelectMany(arm => experiment.Runs.Where(run => run.Arm == arm)))
        {
            if (Resolve(experiment, run) is not { } recipe)
            {
                open.Add(known.GetValueOrDefault(run) ?? new(run, RunState.Failed, "its recipe cannot be used"));
                continue;
            }
            IReadOnlyList<RowRequest> requests = RowRequest.Of(experiment, run, recipe);
            // Results can be looked at where the images are not: rows are taken as they are then.
            bool isThere = requests.Any(store.IsThere);
            areThere |= isThere;
            ExperimentImages? judgedBy = isThere ? images.Find(recipe) : null;
            recipes.Add((run, recipe));
            rows.AddRange(requests.Select(request => store.Find(request, recipe, judgedBy)).OfType<ExperimentRow>());
            RunResult? result = known.GetValueOrDefault(run);
            int missing = store.Missing(requests, recipe, judgedBy).Length;
            if (missing > 0 || result is { State: RunState.Failed })
                open.Add(Standing(store.Folder, run, recipe, result, $"{requests.Count - missing} of {requests.Count} rows are done"));
        }
        Recipe[] sizes = [.. recipes.Select(item => item.Recipe).DistinctBy(recipe => recipe.Data.Size)];
        Metric[] now = [.. sizes.SelectMany(store.Measures.MetricsOf).DistinctBy(metric => metric.Key)];
        Metric[] all = [.. now.Concat(PerceptualMetrics.Outlines).DistinctBy(metric => metric.Key).SelectMany(metric => VersionsOf(metric, now, rows))];
        IEnumerable<LeftOut> leftOut = sizes.SelectMany(store.Measures.LeftOutFor).Distinct();
        return new(experiment, recipes, rows, open, all, [.. leftOut.Where(left => !all.Any(metric => metric.Name.StartsWith(left.Name, StringComparison.Ordinal)))])
        {
            HasNoneOfItsRows = areThere && rows.Count == 0,
        };
    }

    // A judge that is trained again, for one, is another. What the first one found is worth keeping, apart from the rest.
    private static IEnumerable<Metric> VersionsOf(Metric metric, Metric[] now, IEnumerable<ExperimentRow> rows)
    {
        Metric[] measured = [.. now.Where(other => other == metric)];
        return measured.Concat(
            from version in rows.Select(row => row.Metrics.GetValueOrDefault(metric.Key)?.Version).OfType<int>().Distinct().Order()
            where !measured.Any(other => other.Version == version)
            let name = $"{metric.Name}, version {version}"
            select metric with
            {
                Name = name,
                Version = version,
                Definition = $"{name}: {metric.Name} as it was measured once; to be compared with figures of this version alone",
            });
    }

    // What a process that worked on the run says of it is more than what can be seen from outside.
    private static RunResult Standing(ExperimentFolder folder, ExperimentRun run, Recipe recipe, RunResult? known, string rows)
    {
        if (known is { Reason.Length: > 0 })
            return known;
        long seen = ExperimentPlan.SavedImages(folder.RunPath(run));
        return new(run, known?.State ?? RunState.Unfinished, $"{Figures.Count(seen)} of {Figures.Count(new PhasePlan(recipe).End)} images are saved; {rows}");
    }

    private static Recipe? Resolve(Experiment experiment, ExperimentRun run)
    {
        try
        {
            return experiment.RecipeOf(run);
        }
        catch (RecipeException)
        {
            // Told by whoever tries to train it.
            return null;
        }
    }
}
