namespace Underpaint.Diffusion;

/// <summary>
/// How images are decoded where nothing else is asked for: what a trained model's pictures are nearest to their limit with (measured;
/// docs/decisions.md).
/// </summary>
public static class StandardDecoding
{
    /// <summary>Network calls for each image.</summary>
    public const int Steps = 10;

    /// <summary>How decoding gets from one noise level to the next.</summary>
    public const Solver Solver = Diffusion.Solver.DpmSolver;

    /// <summary>Where the noise levels lie.</summary>
    public static TimeGrid Grid => TimeGrid.LogSnr;
}
