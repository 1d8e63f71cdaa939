namespace Underpaint.Evaluation;

/// <summary>How a model is judged.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The most images to use, from the first; null means all. Default all.</summary>
    public int? Limit { get; init; }

    /// <summary>The most images whose codes are judged, from the first; null means as many as are decoded. Default null.</summary>
    public int? CodeLimit { get; init; }

    /// <summary>The ways of decoding to judge, in this order. Default the structure image and the standard.</summary>
    public IReadOnlyList<Decoding> Decodings { get; init; } = [Decoding.StructureImage, new()];

    /// <summary>What is measured. Default everything that needs nothing but the images.</summary>
    public Measures Measures { get; init; } = new();

    /// <summary>Seed of the noise; image i's noise depends on (seed, i) only. Default 0.</summary>
    public long Seed { get; init; }
}
