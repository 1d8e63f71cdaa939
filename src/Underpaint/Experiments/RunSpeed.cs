using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Experiments;

/// <summary>How fast a run was trained.</summary>
internal static class RunSpeed
{
    /// <summary>The median of the speeds between its ticks, in images per second; null where it has none, or its log cannot be read.</summary>
    public static double? Of(RunFolder run)
    {
        try
        {
            double[] speeds = [.. RunMetrics.Read(run).Ticks.Select(tick => tick.ImagesPerSecond)];
            return speeds.Length > 0 ? SpeedTest.Median(speeds) : null;
        }
        catch (UnderpaintException)
        {
            // No row is lost for want of a speed.
            return null;
        }
    }
}
