using Underpaint.Codes.Probes;

namespace Underpaint.Codes.Directions;

/// <summary>Where codes move when an attribute of their images changes, and how well the attribute is told from the code.</summary>
public sealed record Direction
{
    /// <summary>The attribute's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether images have the attribute or not; else it is a number.</summary>
    public required bool IsBinary { get; init; }

    /// <summary>
    /// How the standardised code changes at strength 1: of a binary attribute, when it appears; of a number, from one standard deviation below the mean to one above. All
    /// other attributes stay, as far as the images tell them apart.
    /// </summary>
    public required IReadOnlyList<float> Effect { get; init; }

    /// <summary>The weights of the probe, in the space of standardised codes; only where they point matters, not how long they are.</summary>
    public required IReadOnlyList<float> Probe { get; init; }

    /// <summary>
    /// What a strength of 1 is along the probe, as an amount of Diff-AE (a share of √d): as far as the average images of the two sides are apart.
    /// </summary>
    public required double ProbeUnit { get; init; }

    /// <summary>What a strength of 1 is along the effect, as an amount of Diff-AE (a share of √d).</summary>
    public double EffectUnit => Math.Sqrt(Effect.Sum(change => (double)change * change) / Effect.Count);

    /// <summary>A strength that changes images plainly and keeps most of the rest: 1 of a binary attribute, a quarter of a number's.</summary>
    public double SuggestedStrength => IsBinary ? 1 : 0.25;

    /// <summary>Images that it was fitted on; of a binary attribute, those that have it and those that have not.</summary>
    public required IReadOnlyList<int> Examples { get; init; }

    /// <summary>How well it tells held-out images apart; null for a number, and where the held-out images are all alike.</summary>
    public BinaryScores? Scores { get; init; }

    /// <summary>The share of a number's variance that it explains in held-out images (R²); null for a binary attribute.</summary>
    public double? Explained { get; init; }

    /// <summary>Why it should not be trusted much; null where there is no reason.</summary>
    public string? Warning { get; init; }

    /// <summary>Whether another moves codes of the same attribute in the same way.</summary>
    internal bool Matches(Direction other) =>
        Name == other.Name && ProbeUnit == other.ProbeUnit && Effect.SequenceEqual(other.Effect) && Probe.SequenceEqual(other.Probe);
}
