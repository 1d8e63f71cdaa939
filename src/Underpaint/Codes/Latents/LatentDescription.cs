namespace Underpaint.Codes.Latents;

/// <summary>What a latent model says about itself.</summary>
public sealed record LatentDescription
{
    /// <summary>The identity of the autoencoder whose codes it makes: see <see cref="DiffusionAutoencoder.Identity"/>.</summary>
    public required string Model { get; init; }

    /// <summary>The images that its codes were made of, for people.</summary>
    public required string Data { get; init; }

    /// <summary>How many codes it was trained on; 0 where that is not known, as of one that was imported.</summary>
    public required int Codes { get; init; }

    /// <summary>SHA-256 of these codes, in hexadecimal digits; null where they are not known.</summary>
    public required string? CodesSha256 { get; init; }

    /// <summary>Mean and deviation of these codes: the network works on standardised ones.</summary>
    public required CodeStatistics Statistics { get; init; }

    /// <summary>How far the training was.</summary>
    public required long ImagesSeen { get; init; }

    /// <summary>The recipe that it was trained with.</summary>
    public required LatentRecipe Recipe { get; init; }

    /// <summary>Numbers in a code.</summary>
    public int CodeSize => Statistics.CodeSize;
}
