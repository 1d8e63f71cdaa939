namespace Underpaint.Runs;

/// <summary>How fast this machine trains and uses a model: medians over repeated steps and batches.</summary>
public sealed record SpeedResult
{
    /// <summary>Images trained on in a second; null when that was not measured.</summary>
    public double? TrainImagesPerSecond { get; init; }

    /// <summary>Images encoded in a second; null when that was not measured.</summary>
    public double? EncodeImagesPerSecond { get; init; }

    /// <summary>Images decoded in a second; null when that was not measured.</summary>
    public double? DecodeImagesPerSecond { get; init; }

    /// <summary>The most memory that the process has had so far, in MiB: the runtime, libtorch, and all that was measured.</summary>
    public required double PeakResidentMiB { get; init; }

    /// <summary>"float32" or "bfloat16": the type of the activations.</summary>
    public required string Precision { get; init; }

    /// <summary>CPU threads that it computed with.</summary>
    public required int Threads { get; init; }

    /// <summary>"cpu" or "cuda".</summary>
    public required string Device { get; init; }

    /// <summary>The model's name.</summary>
    public required string Preset { get; init; }

    /// <summary>Width and height of the images, in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>Numbers in the weights of both networks.</summary>
    public required long Parameters { get; init; }

    /// <summary>Images per training step.</summary>
    public required int TrainBatch { get; init; }

    /// <summary>Images encoded or decoded at once.</summary>
    public required int InferenceBatch { get; init; }

    /// <summary>Network calls for each decoded image.</summary>
    public required int Steps { get; init; }

    /// <summary>libtorch's version.</summary>
    public required string Torch { get; init; }
}
