using Spectre.Console;

namespace Underpaint.Cli.Progress;

/// <summary>Progress of work with a known number of parts, on standard error: a bar if that is a terminal, else a line now and then.</summary>
internal static class CountedProgress
{
    /// <summary>Does the work.</summary>
    /// <param name="terminal">Where the bar is shown.</param>
    /// <param name="name">What is done.</param>
    /// <param name="count">How many parts it has.</param>
    /// <param name="work">The work; it calls what it is given after each part.</param>
    public static void Watch(Terminal terminal, string name, long count, Action<Action> work) =>
        Watch(terminal, name, count, (Action<int> advance) => work(() => advance(1)));

    /// <summary>Does the work.</summary>
    /// <param name="terminal">Where the bar is shown.</param>
    /// <param name="name">What is done.</param>
    /// <param name="count">How many parts it has.</param>
    /// <param name="work">The work; it calls what it is given with the number of parts that it has just done.</param>
    /// <param name="before">How many of the parts done so far an earlier call had done, where work goes on. Default none.</param>
    public static void Watch(Terminal terminal, string name, long count, Action<Action<int>> work, Func<long>? before = null)
    {
        long done = 0;
        Watch(terminal, name, (Action<long, long> reached) => work(parts => reached(done += parts, count)), before);
    }

    /// <summary>Does work of which only itself knows how many parts it has.</summary>
    /// <param name="terminal">Where the bar is shown.</param>
    /// <param name="name">What is done.</param>
    /// <param name="work">The work; it calls what it is given with the number of parts done so far, and of all.</param>
    /// <param name="before">How many of the parts done so far an earlier call had done, where work goes on. Default none.</param>
    public static void Watch(Terminal terminal, string name, Action<Action<long, long>> work, Func<long>? before = null)
    {
        if (!terminal.Error.Profile.Capabilities.Interactive)
        {
            work(new CountedLines(terminal, name, before).Reach);
            return;
        }
        // A bar guesses the time that is left by the last half a minute alone, and so forgets what was done before.
        terminal.Error.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(bars =>
            {
                ProgressTask task = bars.AddTask(name);
                work((done, count) =>
                {
                    task.MaxValue = count;
                    task.Value = done;
                });
            });
    }
}
