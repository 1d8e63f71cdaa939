namespace Underpaint.Codes;

/// <summary>How images are encoded.</summary>
public sealed record EncodingOptions
{
    /// <summary>The most images to use, from the first; null means all. Default all.</summary>
    public int? Limit { get; init; }

    /// <summary>Which share of the images. Default all of them.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>Steps of inversion by which stochastic codes are found as well; null leaves them out. Default null.</summary>
    public int? InversionSteps { get; init; }
}
