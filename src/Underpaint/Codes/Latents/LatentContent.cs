namespace Underpaint.Codes.Latents;

/// <summary>A whole latent model in plain memory, without libtorch.</summary>
/// <param name="Description">What it says about itself.</param>
/// <param name="Weights">The average of the weights, in the network's order.</param>
internal sealed record LatentContent(LatentDescription Description, float[] Weights)
{
    /// <summary>Whether another makes the same codes: of the same model, with the same weights.</summary>
    /// <param name="other">The other.</param>
    public bool Matches(LatentContent other) => Description.Model == other.Description.Model
        && Description.Statistics.Matches(other.Description.Statistics) && Weights.AsSpan().SequenceEqual(other.Weights);

    /// <summary>Writes its file, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="UnderpaintException">It cannot be written.</exception>
    public void Save(string path) => LatentFile.Save(path, Description, Weights);
}
