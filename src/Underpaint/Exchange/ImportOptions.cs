namespace Underpaint.Exchange;

/// <summary>What to take from an official file, and what its tensors do not tell.</summary>
public sealed record ImportOptions
{
    /// <summary>Whether to take the live weights instead of their average. Default false.</summary>
    public bool Raw { get; init; }

    /// <summary>A model preset whose sizes the checkpoint must have, such as "ffhq128"; null infers them. Default null.</summary>
    public string? Preset { get; init; }

    /// <summary>
    /// Values of the imported model's recipe, each as <c>path=value</c>: <c>data.size=64</c>, <c>model.heads=2</c>, <c>name=faces</c>.
    /// Those that the tensors tell are checked against them. Default none.
    /// </summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>
    /// The model file or run whose codes a classifier, a latent DPM or a latent.pkl is about, where the file holds no autoencoder itself. Default none.
    /// </summary>
    public string? Model { get; init; }
}
