using Underpaint.Reports;
using Underpaint.Storage;

namespace Underpaint.Experiments;

/// <summary>Writes an experiment's results as they stand.</summary>
internal static class ExperimentWriter
{
    /// <summary>Writes JSON, Markdown and page, each whole or not at all.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="known">How runs ended that this process worked on.</param>
    /// <param name="images">The images as they are now.</param>
    /// <exception cref="UnderpaintException">They cannot be written.</exception>
    public static void Write(Experiment experiment, RowStore rows, IReadOnlyDictionary<ExperimentRun, RunResult> known, SharedImages images)
    {
        ExperimentFolder folder = rows.Folder;
        ExperimentFolder.CreateFor(folder.JsonFile);
        // Another process may add rows, and even write them, while this one draws: its rows must not be lost again.
        for (string? written = null; ;)
        {
            ExperimentResults results = ExperimentResults.Gather(experiment, rows, known, images);
            // Rows of other images than those that are here: their tables are worth more than none.
            if (results.HasNoneOfItsRows && File.Exists(folder.JsonFile))
                return;
            string json = ExperimentJson.Write(results);
            if (json == written)
                return;
            ResultDocument document = ExperimentReport.Of(results);
            AtomicFile.WriteText(folder.MarkdownFile, ResultMarkdown.Write(document));
            AtomicFile.WriteText(folder.PageFile, ResultPage.Render(document));
            AtomicFile.WriteText(folder.JsonFile, json);
            written = json;
        }
    }
}
