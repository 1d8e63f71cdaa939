using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>
/// Rows of a run that is gone, made from something that is another now: a recipe, images. To make them anew the run would have to be
/// trained again, for hours or days, and often for no more than a slip in a file: so that is not done unasked.
/// </summary>
internal static class LostModels
{
    /// <summary>Refuses such a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="recipe">Its recipe.</param>
    /// <param name="rows">The rows that are there.</param>
    /// <param name="missing">Those that are wanted and not done.</param>
    /// <param name="images">The run's images.</param>
    /// <exception cref="UnderpaintException">Some of <paramref name="missing"/> are there, made from something else, and the run is gone.</exception>
    public static void Check(ExperimentRun run, Recipe recipe, RowStore rows, RowRequest[] missing, ExperimentImages images)
    {
        if (RunFolder.IsRun(rows.Folder.RunPath(run)))
            return;
        string[][] changes = [.. missing.Select(row => rows.ChangesSince(row, recipe, images).ToArray()).Where(change => change.Length > 0)];
        if (changes.Length == 0)
            return;
        string[] changed = [.. changes.SelectMany(change => change).Distinct()];
        throw new UnderpaintException(
            $"{changes.Length} rows in {rows.Folder.RowsPath(run)} were made from something else, and the models are gone. Other now: {string.Join(", ", changed)}.",
            "Put back what has changed, or move that folder away to train the run anew.");
    }
}
