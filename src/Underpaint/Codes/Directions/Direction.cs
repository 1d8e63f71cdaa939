using Underpaint.Codes.Probes;

namespace Underpaint.Codes.Directions;

/// <summary>The direction in which codes change when an attribute of their images does.</summary>
public sealed record Direction
{
    /// <summary>The attribute's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether images have the attribute or not; else it is a number.</summary>
    public required bool IsBinary { get; init; }

    /// <summary>The direction in the space of standardised codes; only where it points matters, not how long it is.</summary>
    public required IReadOnlyList<float> Weights { get; init; }

    /// <summary>
    /// What a strength of 1 is, as an amount of Diff-AE (a share of √d): of a binary attribute, as far as from the average image without it to the average image
    /// with it; of a number, as far as from images that are one standard deviation below the mean to those that are one above.
    /// </summary>
    public required double Unit { get; init; }

    /// <summary>Images that it was fitted on; of a binary attribute, those that have it and those that have not.</summary>
    public required IReadOnlyList<int> Examples { get; init; }

    /// <summary>How well it tells held-out images apart; null for a number, and where the held-out images are all alike.</summary>
    public BinaryScores? Scores { get; init; }

    /// <summary>The share of a number's variance that it explains in held-out images (R²); null for a binary attribute.</summary>
    public double? Explained { get; init; }

    /// <summary>Why it should not be trusted much; null where there is no reason.</summary>
    public string? Warning { get; init; }
}
