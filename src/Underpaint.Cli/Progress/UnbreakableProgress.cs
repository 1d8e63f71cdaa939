using Underpaint.Data.Sources;
using Underpaint.Runs;
using Underpaint.Training;

namespace Underpaint.Cli.Progress;

/// <summary>
/// Keeps a training going when its progress can no longer be shown, because the terminal was closed or the disk of the log is
/// full: then nothing more is shown.
/// </summary>
internal sealed class UnbreakableProgress(ITrainingObserver shown) : ITrainingObserver
{
    private bool _isBroken;

    /// <inheritdoc/>
    public void Started(TrainingRun run) => Show(() => shown.Started(run));

    /// <inheritdoc/>
    public void Stepped(StepReport report) => Show(() => shown.Stepped(report));

    /// <inheritdoc/>
    public void Validated(ValidationRecord record) => Show(() => shown.Validated(record));

    /// <inheritdoc/>
    public void Saved(long imagesSeen) => Show(() => shown.Saved(imagesSeen));

    /// <inheritdoc/>
    public void Skipped(SkippedImage image) => Show(() => shown.Skipped(image));

    /// <inheritdoc/>
    public void Noted(string message) => Show(() => shown.Noted(message));

    private void Show(Action show)
    {
        try
        {
            if (!_isBroken)
                show();
        }
        catch (IOException)
        {
            _isBroken = true;
        }
    }
}
