using Underpaint.Codes;
using Underpaint.Codes.Directions;

namespace Underpaint.Evaluation.Judging;

/// <summary>How directions are tried.</summary>
public sealed record EditTrialOptions
{
    /// <summary>The directions to try. Default null: all that the judge can tell.</summary>
    public IReadOnlyList<string>? Directions { get; init; }

    /// <summary>How far each image is moved, in the directions' units. Default null: each direction's <see cref="Direction.SuggestedStrength"/>.</summary>
    public double? Strength { get; init; }

    /// <summary>What is followed. Default null: the curves, or where there are none the effects.</summary>
    public DirectionKind? Along { get; init; }

    /// <summary>Steps by which the stochastic codes are found, which the edited pictures keep. Default 100.</summary>
    public int InversionSteps { get; init; } = 100;

    /// <summary>How the moved codes are decoded; the seed matters only for a model that cannot be inverted.</summary>
    public DecodingOptions Decoding { get; init; } = new();
}
