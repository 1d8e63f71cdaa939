using Underpaint.Training;

namespace Underpaint.Reports.Plots;

/// <summary>
/// The loss at each noise level as a line of its own: one sees structure (high noise) and detail (low noise) being learned.
/// </summary>
internal static class NoiseLevelPlot
{
    /// <summary>One series per noise level, from the highest to the lowest; levels without samples have no points.</summary>
    public static CurvePlot Of(IReadOnlyList<TickRecord> ticks, IReadOnlyList<PhaseSpan> phases)
    {
        int levels = ticks.Max(tick => tick.LossByNoise.Count);
        return new CurvePlot
        {
            Series = [.. Enumerable.Range(0, levels).Reverse().Select(level => SeriesOf(level, levels, ticks))],
            Phases = phases,
            LogScale = true,
            BreakAtPhases = true,
        };
    }

    private static CurveSeries SeriesOf(int level, int levels, IReadOnlyList<TickRecord> ticks) => new(
        Figures.Invariant($"{(double)level / levels:0.0#} – {(level + 1.0) / levels:0.0#}"),
        PlotTheme.OfNoiseLevel(level / Math.Max(1, levels - 1.0)),
        [
            .. ticks
                .Where(tick => level < tick.LossByNoise.Count && tick.LossByNoise[level] is not null)
                .Select(tick => new CurvePoint(tick.ImagesSeen, tick.LossByNoise[level]!.Value)),
        ]);
}
