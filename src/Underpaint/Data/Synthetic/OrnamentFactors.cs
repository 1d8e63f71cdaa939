namespace Underpaint.Data.Synthetic;

/// <summary>
/// Everything that is to be known about one ornament. The first seven say what the picture is (structure), the next five
/// how its surface looks (detail). <see cref="OrnamentPainter.Paint"/> turns them into pixels at any size.
/// </summary>
/// <remarks>
/// In <see cref="Ornaments"/> all factors are independent and uniform in their ranges. <see cref="OrnamentFactor.All"/> lists
/// the same factors by name, as numbers. Lengths are in image widths, from the left and from the top.
/// </remarks>
public sealed record OrnamentFactors
{
    /// <summary>Structure: the outline. Default circle.</summary>
    public OrnamentShape Shape { get; init; }

    /// <summary>Structure: the shape's centre from the left, 0.40 … 0.60 image widths. Default 0.5.</summary>
    public double X { get; init; } = 0.5;

    /// <summary>Structure: the shape's centre from the top, 0.40 … 0.60 image widths. Default 0.5.</summary>
    public double Y { get; init; } = 0.5;

    /// <summary>Structure: the shape's radius, 0.23 … 0.33 image widths; all shapes cover nearly equal areas. Default 0.28.</summary>
    public double Size { get; init; } = 0.28;

    /// <summary>Structure: the shape's OKLCH hue, 0 … 360 degrees, circular. Default 0.</summary>
    public double Hue { get; init; }

    /// <summary>Structure: the background's OKLCH hue, 0 … 360 degrees, circular. Default 0.</summary>
    public double BackgroundHue { get; init; }

    /// <summary>
    /// Structure: the background's lightness, 0 … 1. Below one half it is deep, from there on pale; the middle tones between
    /// are left out, so that the shape always stands out. Default 0.
    /// </summary>
    public double BackgroundTone { get; init; }

    /// <summary>Detail: the pattern on the shape. Default stripes.</summary>
    public OrnamentTexture Texture { get; init; }

    /// <summary>Detail: the pattern's frequency, 4 … 7 cycles per image width. Default 5.5.</summary>
    public double Frequency { get; init; } = 5.5;

    /// <summary>Detail: how far the pattern is moved along its direction, 0 … 1 cycle, circular. Default 0.</summary>
    public double Phase { get; init; }

    /// <summary>
    /// Detail: the direction in which the pattern advances, 0 … 180 degrees clockwise from the right, circular. Half a turn
    /// of the direction is the same picture with the phase counted backwards.
    /// </summary>
    public double Orientation { get; init; }

    /// <summary>
    /// Detail: the strength of the fine grain over the whole picture, 0 … 0.05: the largest change of a pixel,
    /// as a share of full white. Default 0.
    /// </summary>
    public double Grain { get; init; }

    /// <summary>Which grain it is: any number. Not a factor to be measured; it only tells one noise from another.</summary>
    public ulong GrainSeed { get; init; }
}
