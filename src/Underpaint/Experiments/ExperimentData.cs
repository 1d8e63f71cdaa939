namespace Underpaint.Experiments;

/// <summary>The images of an experiment, as its file names them: whatever <see cref="Data.ImageSources.Open"/> takes.</summary>
public sealed record ExperimentData
{
    /// <summary>The images to learn from.</summary>
    public required string Training { get; init; }

    /// <summary>Images to choose by. Default null: some are held out of the training images, other ones for each seed.</summary>
    public string? Validation { get; init; }

    /// <summary>Images for the final judgement. Default null: there are none.</summary>
    public string? Test { get; init; }
}
