using Underpaint.Data.Sources;
using Underpaint.Runs;
using Underpaint.Training;

namespace Underpaint.Cli.Progress;

/// <summary>Progress for a log: plain lines, not too many.</summary>
internal sealed class PlainProgress(Terminal terminal) : ITrainingObserver
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private TrainingMeter? _meter;
    private SkippedList? _skipped;
    private long _lastLine;

    private TrainingMeter Meter => _meter!;

    /// <inheritdoc/>
    public void Started(TrainingRun run)
    {
        _meter = TrainingMeter.Of(run, terminal.Time);
        _skipped = new(terminal);
        _lastLine = terminal.Time.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Stepped(StepReport report)
    {
        Meter.Add(report);
        bool isPhaseEnd = Meter.Plan.Spans.Any(span => span.End == report.ImagesSeen);
        if (!isPhaseEnd && terminal.Time.GetElapsedTime(_lastLine) < Pace)
            return;
        terminal.WriteLine($"{Meter.Phase}: {Wording.Progress(Meter.ImagesSeen, Meter.Plan.End)}, "
            + $"loss {Wording.Loss(Meter.Loss)}, {Wording.Speed(Meter.ImagesPerSecond)}, "
            + $"{Wording.Duration(Meter.TimeLeft!.Value)} left");
        _lastLine = terminal.Time.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Validated(ValidationRecord record)
    {
        terminal.WriteLine($"validation at {Wording.Images(record.ImagesSeen)}: {Wording.Quality(record.Psnr, record.Ssim)} "
            + $"in {Wording.Steps(record.Steps)}; "
            + $"structure images {Wording.Quality(record.StructurePsnr, record.StructureSsim)}");
        Meter.Pause();
    }

    /// <inheritdoc/>
    public void Saved(long imagesSeen)
    {
        terminal.WriteLine($"checkpoint at {Wording.Images(imagesSeen)}");
        Meter.Pause();
    }

    /// <inheritdoc/>
    public void Skipped(SkippedImage image) => _skipped!.Add(image);

    /// <inheritdoc/>
    public void Noted(string message) => terminal.WriteLine($"note: {Wording.OneLine(message)}");
}
