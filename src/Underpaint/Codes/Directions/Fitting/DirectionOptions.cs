namespace Underpaint.Codes.Directions.Fitting;

/// <summary>How directions are fitted.</summary>
public sealed record DirectionOptions
{
    /// <summary>The share of the images that are held out to judge by, more than 0 and less than 1. Default 0.2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public double HeldOut
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(HeldOut), value, "The share held out must be more than 0 and less than 1.");
    } = 0.2;

    /// <summary>The penalty of the squared weights, more than 0: more of it makes directions of few examples steadier. Default 0.001.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not, or infinite.</exception>
    public double Penalty
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(Penalty), value, "The penalty must be more than 0.");
    } = 1e-3;

    /// <summary>
    /// How many of the other images the curves are learnt from, at most; 0 for no curves. More make them more exact; time grows with the cube, memory with the square (4000: some
    /// seconds, a quarter of a gigabyte), and the file with the number. At least two of every binary attribute's rarer kind are among them, as far as there is room. Default 4000.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int CurveExamples
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(CurveExamples), value, "Curves are learnt from 0 images or more.");
    } = 4000;

    /// <summary>Seed of the choice of images. Default 0.</summary>
    public long Seed { get; init; }
}
