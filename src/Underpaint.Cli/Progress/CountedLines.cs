namespace Underpaint.Cli.Progress;

/// <summary>Progress of counted work for a log: a line a minute, and none for what is done sooner.</summary>
/// <param name="terminal">Where lines are written.</param>
/// <param name="name">What is done.</param>
/// <param name="before">How many of the parts done so far were there before: they say nothing of how long the others take. Default none.</param>
internal sealed class CountedLines(Terminal terminal, string name, Func<long>? before = null)
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
        long own = done - (before?.Invoke() ?? 0);
        string left = own > 0 ? $", {Wording.Duration(terminal.Time.GetElapsedTime(_start) * ((double)(count - done) / own))} left" : "";
        terminal.WriteError($"{name}: {Wording.Count(done)} of {Wording.Count(count)}{left}");
    }
}
