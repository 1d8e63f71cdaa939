namespace Underpaint.Training;

/// <summary>The fixed validation images that show a run's progress.</summary>
public sealed record ValidationOptions
{
    /// <summary>Images trained between two looks; one is also taken at the end of every phase. Default 50 000.</summary>
    public long Every { get; init; } = 50_000;

    /// <summary>How many images are reconstructed at each look. Default 32.</summary>
    public int Images { get; init; } = 32;

    /// <summary>Decoding steps of these reconstructions. Default 20.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>
    /// How many images are held out of the training data, where no others are given to judge by; at most a fifth of them are. Default 0:
    /// as many as <see cref="Images"/>.
    /// </summary>
    public int HeldOut { get; init; }
}
