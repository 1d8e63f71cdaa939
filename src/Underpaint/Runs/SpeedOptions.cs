using Underpaint.Networks;

namespace Underpaint.Runs;

/// <summary>What a <see cref="SpeedTest"/> measures, and for how long.</summary>
public sealed record SpeedOptions
{
    /// <summary>The model and the size of its images. Default cifar32, the model of all published figures.</summary>
    public ModelPreset Preset { get; init; } = ModelPresets.Find("cifar32")!;

    /// <summary>Images per training step, at least 1. Default 32.</summary>
    public int TrainBatch { get; init; } = 32;

    /// <summary>Images encoded or decoded at once, at least 1. Default 16.</summary>
    public int InferenceBatch { get; init; } = 16;

    /// <summary>Network calls for each decoded image, at least 1. Default 20.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>What is timed. Default everything.</summary>
    public SpeedTasks Tasks { get; init; } = SpeedTasks.All;

    /// <summary>How long each task is repeated, in seconds, after the warm-up; at least five times in any case. Default 5.</summary>
    public double Seconds { get; init; } = 5;
}
