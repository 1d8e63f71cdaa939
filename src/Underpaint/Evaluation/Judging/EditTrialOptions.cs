using Underpaint.Codes;
using Underpaint.Codes.Directions;

namespace Underpaint.Evaluation.Judging;

/// <summary>How directions are tried.</summary>
public sealed record EditTrialOptions
{
    /// <summary>The directions to try. Default null: all that the judge can tell.</summary>
    public IReadOnlyList<string>? Directions { get; init; }

    /// <summary>How far each image is moved, in the directions' units. Default 1.</summary>
    public double Strength { get; init; } = 1;

    /// <summary>Which of each attribute's directions is followed. Default the effect.</summary>
    public DirectionKind Along { get; init; } = DirectionKind.Effect;

    /// <summary>Steps by which the stochastic codes are found, which the edited pictures keep. Default 100.</summary>
    public int InversionSteps { get; init; } = 100;

    /// <summary>How the moved codes are decoded; the seed matters only for a model that cannot be inverted.</summary>
    public DecodingOptions Decoding { get; init; } = new();
}
