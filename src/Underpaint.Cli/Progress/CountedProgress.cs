using Spectre.Console;

namespace Underpaint.Cli.Progress;

/// <summary>Progress of work with a known number of parts: a bar on standard error, if that is a terminal.</summary>
internal static class CountedProgress
{
    /// <summary>Does the work.</summary>
    /// <param name="terminal">Where the bar is shown.</param>
    /// <param name="name">What is done.</param>
    /// <param name="count">How many parts it has.</param>
    /// <param name="work">The work; it calls what it is given after each part.</param>
    public static void Watch(Terminal terminal, string name, int count, Action<Action> work) =>
        Watch(terminal, name, count, (Action<int> advance) => work(() => advance(1)));

    /// <summary>Does the work.</summary>
    /// <param name="terminal">Where the bar is shown.</param>
    /// <param name="name">What is done.</param>
    /// <param name="count">How many parts it has.</param>
    /// <param name="work">The work; it calls what it is given with the number of parts that it has just done.</param>
    public static void Watch(Terminal terminal, string name, int count, Action<Action<int>> work)
    {
        if (!terminal.Error.Profile.Capabilities.Interactive)
        {
            work(_ => { });
            return;
        }
        terminal.Error.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(bars =>
            {
                ProgressTask task = bars.AddTask(name, maxValue: count);
                work(done => task.Increment(done));
            });
    }
}
