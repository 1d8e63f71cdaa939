using Underpaint.Training;

namespace Underpaint;

/// <summary>What a model file says about itself.</summary>
/// <param name="Path">The file.</param>
/// <param name="Recipe">The recipe that it was trained with.</param>
/// <param name="ImagesSeen">How far the training was; 0 for an imported model that does not tell.</param>
/// <param name="Weights">How many numbers the networks have.</param>
public sealed record ModelDescription(string Path, Recipe Recipe, long ImagesSeen, long Weights)
{
    /// <summary>SHA-256 of all weights, in hexadecimal; null where the file does not tell.</summary>
    public string? Checksum { get; init; }

    /// <summary>Where an imported model came from, in words; null for one that was trained here.</summary>
    public string? Origin { get; init; }
}
