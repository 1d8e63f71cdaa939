using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>
/// Runs that are gone while rows of them are there. To make another row, the run would have to be trained again, for hours or days, and often for
/// no more than a slip in a file; and what is trained on another machine is another model, whose rows do not belong to those. So that is not done unasked.
/// </summary>
internal static class LostModels
{
    /// <summary>Refuses such a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="recipe">Its recipe.</param>
    /// <param name="rows">The rows that are there.</param>
    /// <param name="wanted">All that are wanted of it, some of which are missing.</param>
    /// <param name="images">The run's images.</param>
    /// <exception cref="UnderpaintException">Some of <paramref name="wanted"/> are there, and the run is gone.</exception>
    public static void Check(ExperimentRun run, Recipe recipe, RowStore rows, IReadOnlyList<RowRequest> wanted, ExperimentImages images)
    {
        RowRequest[] there = [.. wanted.Where(rows.IsThere)];
        if (there.Length == 0 || ExperimentPlan.SavedImages(rows.Folder.RunPath(run)) > 0)
            return;
        string[][] changes = [.. there.Select(row => rows.ChangesSince(row, recipe, images).ToArray()).Where(change => change.Length > 0)];
        string folder = rows.Folder.RowsPath(run);
        throw changes.Length > 0
            ? new UnderpaintException(
                $"{changes.Length} rows in {folder} were made from something else, and the models are gone. Other now: {string.Join(", ", changes.SelectMany(change => change).Distinct())}.",
                "Put back what has changed, or move that folder away to train the run anew.")
            : new UnderpaintException(
                $"{there.Length} of {wanted.Count} rows are in {folder}, and the model that they were made from is gone.",
                "Ask for no others, or move that folder away to train the run anew: rows of two trainings are not of one model.");
    }
}
