namespace Underpaint.Tests.Runs;

/// <summary>A clock on which every waiting time is over at once.</summary>
/// <param name="isOver">Whether this one is; otherwise it takes as long as it says. Default all.</param>
internal sealed class ImpatientTime(Func<TimeSpan, bool>? isOver = null) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        bool isNow = dueTime > TimeSpan.Zero && (isOver is null || isOver(dueTime));
        return System.CreateTimer(callback, state, isNow ? TimeSpan.FromTicks(1) : dueTime, Timeout.InfiniteTimeSpan);
    }
}
