namespace Underpaint.Codes.Interpolations;

/// <summary>How the way between two images is drawn.</summary>
public sealed record InterpolationOptions
{
    /// <summary>Pictures on the way, both ends included; at least 2. Default 10.</summary>
    public int Frames { get; init; } = 10;

    /// <summary>Steps by which the stochastic codes are found. Default 100.</summary>
    public int InversionSteps { get; init; } = 100;

    /// <summary>How the pictures are decoded; the seed matters only for a model that cannot be inverted.</summary>
    public DecodingOptions Decoding { get; init; } = new();
}
