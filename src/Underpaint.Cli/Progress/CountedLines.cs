namespace Underpaint.Cli.Progress;

/// <summary>Progress of counted work for a log: a line a minute, and none for what is done sooner.</summary>
internal sealed class CountedLines(Terminal terminal, string name)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private readonly long _start = terminal.Time.GetTimestamp();
    private long _lastLine = terminal.Time.GetTimestamp();

    /// <summary>Tells how far the work is.</summary>
    /// <param name="done">Parts done.</param>
    /// <param name="count">Of how many.</param>
    public void Reach(long done, long count)
    {
        if (terminal.Time.GetElapsedTime(_lastLine) < Pace)
            return;
        _lastLine = terminal.Time.GetTimestamp();
        TimeSpan left = terminal.Time.GetElapsedTime(_start) * ((double)(count - done) / done);
        terminal.WriteError($"{name}: {Wording.Count(done)} of {Wording.Count(count)}, {Wording.Duration(left)} left");
    }
}
