using Underpaint.Data.Sources;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>Watches a run, for a terminal or a web page. All calls come from the training thread; slow ones slow the training.</summary>
public interface ITrainingObserver
{
    /// <summary>Training begins or goes on.</summary>
    /// <param name="run">The run.</param>
    void Started(TrainingRun run);

    /// <summary>A step is done.</summary>
    /// <param name="report">What it did.</param>
    void Stepped(StepReport report);

    /// <summary>The validation images were reconstructed.</summary>
    /// <param name="record">How well.</param>
    void Validated(ValidationRecord record);

    /// <summary>A checkpoint is on the disk.</summary>
    /// <param name="imagesSeen">Its position.</param>
    void Saved(long imagesSeen);

    /// <summary>An image cannot be read and is left out from now on.</summary>
    /// <param name="image">Which, and why.</param>
    void Skipped(SkippedImage image);

    /// <summary>Something that the user should know: one sentence or two.</summary>
    /// <param name="message">The message.</param>
    void Noted(string message);
}
