using Underpaint.Runs;

namespace Underpaint.Bench.Pairs;

/// <summary>One figure of both sides over several pairs: medians, and the ratio within each pair.</summary>
/// <param name="Ours">The median of our side.</param>
/// <param name="Plain">The median of the plain side.</param>
/// <param name="Ratio">The median of ours / plain, each ratio from one pair.</param>
/// <param name="Lowest">The lowest of these ratios.</param>
/// <param name="Highest">The highest of these ratios.</param>
internal sealed record PairedRatio(double Ours, double Plain, double Ratio, double Lowest, double Highest)
{
    /// <summary>Sums pairs up; null when the figure was not measured.</summary>
    public static PairedRatio? Of(IReadOnlyList<SpeedPair> pairs, Func<SpeedResult, double?> figure)
    {
        if (pairs.Any(pair => figure(pair.Ours) is null || figure(pair.Plain) is null))
            return null;
        double[] ours = [.. pairs.Select(pair => figure(pair.Ours)!.Value)], plain = [.. pairs.Select(pair => figure(pair.Plain)!.Value)];
        double[] ratios = [.. ours.Zip(plain, (a, b) => a / b)];
        return new(SpeedTest.Median(ours), SpeedTest.Median(plain), SpeedTest.Median(ratios), ratios.Min(), ratios.Max());
    }
}
