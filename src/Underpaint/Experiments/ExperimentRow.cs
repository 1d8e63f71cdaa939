using Underpaint.Data.Sources;

namespace Underpaint.Experiments;

/// <summary>One row of an experiment's results: how good one model is, decoded in one way. It holds all that is needed to repeat it.</summary>
public sealed record ExperimentRow
{
    /// <summary>The arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>The seed it was trained with.</summary>
    public required long Seed { get; init; }

    /// <summary>SHA-256 of what the training depends on: the recipe, all resolved, but for when checkpoints are saved.</summary>
    public required string Recipe { get; init; }

    /// <summary>What the images are that it was trained on: see <see cref="IImageSource.Fingerprint"/>. Null where a row does not tell.</summary>
    public string? TrainingFingerprint { get; init; }

    /// <summary>Images seen, as the experiment's file says; rows of the same number are compared.</summary>
    public required long At { get; init; }

    /// <summary>Images really seen: up to a batch more.</summary>
    public required long ImagesSeen { get; init; }

    /// <summary>"validation" or "test".</summary>
    public required string On { get; init; }

    /// <summary>The images, as the experiment's file names them.</summary>
    public required string Data { get; init; }

    /// <summary>What these images are: see <see cref="IImageSource.Fingerprint"/>.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>The most images that were to be used.</summary>
    public required int Limit { get; init; }

    /// <summary>How many images were used; fewer where some cannot be read, or there are no more.</summary>
    public required int Images { get; init; }

    /// <summary>Decoding steps.</summary>
    public required int Steps { get; init; }

    /// <summary>The solver's name.</summary>
    public required string Solver { get; init; }

    /// <summary>The time grid's name.</summary>
    public required string Grid { get; init; }

    /// <summary>"random" or "inverted": the stochastic codes that decoding started from.</summary>
    public required string Codes { get; init; }

    /// <summary>Seed of the noise.</summary>
    public required long NoiseSeed { get; init; }

    /// <summary>The figure of each metric, by its key.</summary>
    public required OrderedDictionary<string, RowFigure> Metrics { get; init; }

    /// <summary>Numbers in the weights of both networks.</summary>
    public required long Parameters { get; init; }

    /// <summary>Length of the model file.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>Training speed: the median of the run's ticks, without validation and saving. 0 where the run kept none.</summary>
    public required double TrainingImagesPerSecond { get; init; }

    /// <summary>What the run was last trained with.</summary>
    public required ExperimentMachine TrainedOn { get; init; }

    /// <summary>What it was judged with.</summary>
    public required ExperimentMachine JudgedOn { get; init; }
}
