namespace Underpaint.Cli.Progress;

/// <summary>The progress of a small training for a log: a line every ten seconds on standard error.</summary>
/// <param name="terminal">Where lines are written.</param>
/// <param name="name">What is trained.</param>
/// <param name="startedAt">Images seen before. Default 0.</param>
internal sealed class ProgressLines(Terminal terminal, string name, long startedAt = 0)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private readonly long _start = terminal.Time.GetTimestamp();
    private long _lastLine = terminal.Time.GetTimestamp();

    /// <summary>Writes a line if it is time for one.</summary>
    /// <param name="imagesSeen">How far the training is.</param>
    /// <param name="images">Where it ends.</param>
    /// <param name="loss">The last step's loss.</param>
    public void Show(long imagesSeen, long images, double loss)
    {
        if (terminal.Time.GetElapsedTime(_lastLine) < Pace)
            return;
        _lastLine = terminal.Time.GetTimestamp();
        double speed = (imagesSeen - startedAt) / terminal.Time.GetElapsedTime(_start).TotalSeconds;
        TimeSpan left = TimeSpan.FromSeconds(Math.Max(0, images - imagesSeen) / speed);
        terminal.WriteError($"{name}: {Wording.Progress(Math.Min(imagesSeen, images), images)}, "
            + $"loss {Wording.Loss(loss)}, {Wording.Speed(speed)}, {Wording.Duration(left)} left");
    }
}
