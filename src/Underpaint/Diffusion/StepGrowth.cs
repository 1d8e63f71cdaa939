namespace Underpaint.Diffusion;

/// <summary>r of DPM-Solver++(2M): how much longer, on the axis of λ, a step is than the last.</summary>
internal static class StepGrowth
{
    // The paper's grids have steps of much the same length. Diff-AE's own spacing has not: its last step is about five times
    // the one before, and would be extrapolated far beyond any image.
    private const double Most = 2;

    /// <summary>The growth; at most 2, and 0 if either step is infinite.</summary>
    /// <param name="before">Where the last step began.</param>
    /// <param name="from">Where it ended, and this one begins.</param>
    /// <param name="to">Where this one ends.</param>
    public static double Of(NoiseLevel before, NoiseLevel from, NoiseLevel to)
    {
        double last = from.LogSnr - before.LogSnr, now = to.LogSnr - from.LogSnr;
        return double.IsFinite(now) ? Math.Min(now / last, Most) : 0;
    }
}
