namespace Underpaint.Codes.Directions.Fitting;

/// <summary>How directions are fitted.</summary>
public sealed record DirectionOptions
{
    /// <summary>The share of the images that are held out to judge by, more than 0 and less than 1. Default 0.2.</summary>
    public double HeldOut { get; init; } = 0.2;

    /// <summary>The penalty of the squared weights, more than 0: more of it makes directions of few examples steadier. Default 0.001.</summary>
    public double Penalty { get; init; } = 1e-3;

    /// <summary>
    /// How many of the other images the curves are learnt from, at most; 0 for no curves. More make them more exact; time grows with the cube, memory with the square (4000: some
    /// seconds, a quarter of a gigabyte), and the file with the number. Default 4000.
    /// </summary>
    public int CurveExamples { get; init; } = 4000;

    /// <summary>Seed of the choice of images. Default 0.</summary>
    public long Seed { get; init; }
}
