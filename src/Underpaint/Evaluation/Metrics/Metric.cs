using System.Globalization;

namespace Underpaint.Evaluation.Metrics;

/// <summary>
/// What one figure is, for every table, file and page that shows it. A figure of many images is a function of means over them: for
/// most metrics the mean itself, for ratios of energies the ratio of the mean energies.
/// </summary>
public sealed record Metric
{
    /// <summary>What JSON and CSV call it, such as "msSsim".</summary>
    public required string Key { get; init; }

    /// <summary>What people call it, such as "MS-SSIM".</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in one line, down to the constants.</summary>
    public required string Definition { get; init; }

    /// <summary>Which of two figures is the better one.</summary>
    public required Better Better { get; init; }

    /// <summary>
    /// What it says about pictures, in a few plain words such as "edges"; metrics that have such words lead a comparison. Default none.
    /// </summary>
    public string Aspect { get; init; } = "";

    /// <summary>Its unit, such as "dB"; empty for a plain number. Default empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Its name with its unit, for the heads of tables and axes: "PSNR, dB".</summary>
    public string Title => Unit.Length > 0 ? $"{Name}, {Unit}" : Name;

    /// <summary>Digits after the point that are worth showing. Default 3.</summary>
    public int Digits { get; init; } = 3;

    /// <summary>Raised whenever the same pictures get another figure, so that figures of two versions are never compared. Default 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>
    /// The figure that means over images stand for. What it is given is one number, or whatever its <see cref="IImageMeasure"/> finds of
    /// an image; of a single image it makes that image's figure. Default: the first number itself.
    /// </summary>
    public Func<double[], double> FromMeans { get; init; } = means => means[0];

    /// <summary>"higher is better", for people.</summary>
    public string Direction => Better switch
    {
        Better.Higher => "higher is better",
        Better.Lower => "lower is better",
        _ => "nearer to 1 is better",
    };

    /// <summary>A figure as a merit, of which more is always better.</summary>
    /// <param name="value">The figure.</param>
    public double MeritOf(double value) => Better switch
    {
        Better.Higher => value,
        Better.Lower => -value,
        _ => -Math.Abs(Math.Log(Math.Max(value, double.Epsilon))),
    };

    /// <summary>A figure with the digits that are worth showing, without its unit: "21.30".</summary>
    /// <param name="value">The figure.</param>
    public string Format(double value) => value.ToString($"F{Digits}", CultureInfo.InvariantCulture).Replace('-', '−');
}
