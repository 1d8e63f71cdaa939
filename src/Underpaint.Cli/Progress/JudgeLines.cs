using Underpaint.Evaluation.Judging;

namespace Underpaint.Cli.Progress;

/// <summary>The progress of a judge's training for a log: a line every ten seconds on standard error.</summary>
internal sealed class JudgeLines(Terminal terminal)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private readonly long _start = terminal.Time.GetTimestamp();
    private long _lastLine = terminal.Time.GetTimestamp();

    /// <summary>Writes a line if it is time for one.</summary>
    public void Show(JudgeProgress progress)
    {
        if (terminal.Time.GetElapsedTime(_lastLine) < Pace)
            return;
        _lastLine = terminal.Time.GetTimestamp();
        double speed = progress.ImagesSeen / terminal.Time.GetElapsedTime(_start).TotalSeconds;
        TimeSpan left = TimeSpan.FromSeconds(Math.Max(0, progress.Images - progress.ImagesSeen) / speed);
        terminal.WriteError($"judge: {Wording.Progress(Math.Min(progress.ImagesSeen, progress.Images), progress.Images)}, "
            + $"cost {Wording.Loss(progress.Cost)}, {Wording.Speed(speed)}, {Wording.Duration(left)} left");
    }
}
