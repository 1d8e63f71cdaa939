namespace Underpaint.Exchange;

/// <summary>What an import made of an official file: a file for each thing in it.</summary>
public sealed record ImportedFiles
{
    /// <summary>The autoencoder; null where the file has none.</summary>
    public ImportedModel? Model { get; init; }

    /// <summary>The latent model; null where the file has none.</summary>
    public ImportedLatent? Latent { get; init; }

    /// <summary>The directions of a classifier; null where the file has none.</summary>
    public ImportedDirections? Directions { get; init; }

    /// <summary>The codes of a data set; null where the file has none.</summary>
    public ImportedCodes? Codes { get; init; }

    /// <summary>Which weights they are: "averaged weights", "live weights", "weights"; "codes" of a latent.pkl.</summary>
    public required string Kind { get; init; }

    /// <summary>Tensors that nothing is made of: what they are, and how many.</summary>
    public required IReadOnlyDictionary<string, int> LeftOut { get; init; }

    /// <summary>What no tensor tells, and where it was taken from instead; a sentence each.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }
}
