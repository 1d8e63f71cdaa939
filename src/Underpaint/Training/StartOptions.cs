namespace Underpaint.Training;

/// <summary>
/// The model whose weights a run starts from, instead of fresh ones: the recipe's <c>start</c> section, which <c>train --from</c> writes.
/// </summary>
public sealed record StartOptions
{
    /// <summary>The name of the recipe that the model was trained by.</summary>
    public required string Model { get; init; }

    /// <summary>How many images it was trained on; 0 where that is not known.</summary>
    public long ImagesSeen { get; init; }

    /// <summary>SHA-256 of its weights, in hexadecimal.</summary>
    public required string Sha256 { get; init; }
}
