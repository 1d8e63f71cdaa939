using Underpaint.Data.Sources;
using Underpaint.Runs;
using Underpaint.Tests.Storage;
using Underpaint.Training;

namespace Underpaint.Tests.Runs;

/// <summary>Remembers what a run tells, and does something after each step and note.</summary>
internal sealed class Listener(Action<StepReport>? stepped = null, Action<string>? noted = null) : ITrainingObserver
{
    public List<string> Notes { get; } = [];

    public List<long> Saves { get; } = [];

    /// <summary>All notes in one text.</summary>
    public string Told => string.Join('\n', Notes);

    public void Started(TrainingRun run)
    {
    }

    public void Stepped(StepReport report) => stepped?.Invoke(report);

    public void Validated(ValidationRecord record)
    {
    }

    public void Saved(long imagesSeen) => Saves.Add(imagesSeen);

    public void Skipped(SkippedImage image)
    {
    }

    public void Noted(string message)
    {
        Notes.Add(message);
        // A process that was killed does nothing more.
        if (message.Contains(InjectedFiles.LastWords, StringComparison.Ordinal))
            throw new UnderpaintException(message, "");
        noted?.Invoke(message);
    }
}
