using System.Diagnostics;

namespace Underpaint.Harness.Fuzzing;

/// <summary>Feeds a reader with inputs, and holds it to its promises: one kind of exception, quick, and modest in memory.</summary>
internal static class FuzzLoop
{
    /// <summary>The longest that one input may take: of processor time where another process has the processor, too.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(2);

    // Who waits for something takes no processor time.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>The most memory that one input may take.</summary>
    public const long MostMemory = 512L << 20;

    // Only what is slow every time is slow.
    private const int Trials = 3;

    // What an input took is given back before the next one, so that each is judged by itself.
    private const long WorthCollecting = 4L << 20;

    // More of them tell nothing new.
    private const int MostFailures = 100;

    /// <summary>Feeds inputs <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> − 1.</summary>
    /// <param name="target">The reader.</param>
    /// <param name="seed">Which series of inputs.</param>
    /// <param name="first">The first input's number.</param>
    /// <param name="count">How many.</param>
    /// <param name="done">Told how many are done, now and then.</param>
    public static FuzzReport Run(FuzzTarget target, long seed, long first, long count, Action<long>? done = null)
    {
        long accepted = 0, mostAllocated = 0, number = first;
        TimeSpan slowest = TimeSpan.Zero;
        var failures = new List<FuzzFailure>();
        for (; number < first + count && failures.Count < MostFailures; number++)
        {
            byte[] input = Mutator.Mutate(target, seed, number);
            Outcome outcome = Feed(target, input);
            for (int trial = 1; trial < Trials && outcome.Time > LongestTime; trial++)
                outcome = Feed(target, input);
            if (CauseOf(outcome) is { } cause)
                failures.Add(new(target.Name, number, cause, input, $"{outcome}"));
            accepted += outcome.Error is null ? 1 : 0;
            slowest = outcome.Time > slowest ? outcome.Time : slowest;
            mostAllocated = Math.Max(mostAllocated, outcome.Allocated);
            if (number % 1000 == 0)
                done?.Invoke(number - first);
        }
        long inputs = number - first, unexpected = failures.Count(failure => failure.Cause.Contains("Exception", StringComparison.Ordinal));
        return new(target.Name, inputs, accepted, inputs - accepted - unexpected, slowest, mostAllocated, failures);
    }

    /// <summary>Feeds one input; what is wrong, or null.</summary>
    public static string? CauseOf(FuzzTarget target, byte[] input) => CauseOf(Feed(target, input));

    private static Outcome Feed(FuzzTarget target, byte[] input)
    {
        long start = Stopwatch.GetTimestamp(), before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan work = Environment.CpuUsage.TotalTime;
        Exception? error = null;
        try
        {
            target.Read(input);
        }
        catch (Exception e)
        {
            error = e;
        }
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        work = Environment.CpuUsage.TotalTime - work;
        var outcome = new Outcome(error, work < time && time < LongestWait ? work : time, GC.GetAllocatedBytesForCurrentThread() - before);
        if (outcome.Allocated > WorthCollecting)
            GC.Collect();
        return outcome;
    }

    private static string? CauseOf(Outcome outcome)
    {
        if (outcome.Error is not (null or UnderpaintException))
            return $"{outcome.Error.GetType().Name}-{new StackTrace(outcome.Error).GetFrame(0)?.GetMethod()?.Name}";
        if (outcome.Time > LongestTime)
            return "slow";
        return outcome.Allocated > MostMemory ? "memory" : null;
    }

    private sealed record Outcome(Exception? Error, TimeSpan Time, long Allocated);
}
