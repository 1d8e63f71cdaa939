using Underpaint.Codes.Directions;

namespace Underpaint.Codes.Editing;

/// <summary>How images are edited.</summary>
public sealed record EditOptions
{
    /// <summary>The moves; all are made at once. At least one.</summary>
    public required IReadOnlyList<CodeMove> Moves { get; init; }

    /// <summary>What all strengths are multiplied with, one picture for each. Default −1, −0.5, 0, 0.5, 1.</summary>
    public IReadOnlyList<double> Multiples { get; init; } = [-1, -0.5, 0, 0.5, 1];

    /// <summary>What is followed. Default null: the curves, or where there are none the effects.</summary>
    public DirectionKind? Along { get; init; }

    /// <summary>Steps by which the stochastic codes are found, which the edited pictures keep. Default 100.</summary>
    public int InversionSteps { get; init; } = 100;

    /// <summary>How the moved codes are decoded; the seed matters only for a model that cannot be inverted.</summary>
    public DecodingOptions Decoding { get; init; } = new();
}
