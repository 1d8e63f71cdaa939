using Underpaint.Data.Synthetic;
using Underpaint.Diffusion;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Training;

namespace Underpaint.Tests;

/// <summary>The smallest things that train.</summary>
internal static class Tiny
{
    public static ComputeDevice Device { get; } = ComputeDevice.Choose("cpu", "float32");

    public static ModelOptions Model { get; } = new()
    {
        Channels = 32,
        Multipliers = [1, 1],
        Blocks = 1,
        AttentionAt = [8],
        Code = 16,
        EncoderMultipliers = [1, 1],
        EncoderBlocks = 1,
    };

    /// <summary>Two phases of a few batches of eight on images of 16 pixels.</summary>
    public static Recipe Recipe { get; } = new()
    {
        Name = "tiny",
        Data = new() { Size = 16 },
        Model = Model,
        Phases =
        [
            new() { Name = "structure", Images = 48, Schedule = NoiseSchedule.HighestNoise, Predict = Prediction.Velocity },
            new() { Name = "detail", Images = 48, Schedule = NoiseSchedule.ShiftedCosine(4), Predict = Prediction.Velocity, Rehearsal = 0.1 },
        ],
        Optimizer = new() { LearningRate = 1e-3, Batch = 8, Warmup = 16 },
        Checkpoint = new() { Every = 32, Keep = 2 },
        Validation = new() { Every = 32, Images = 4, Steps = 2 },
        Seed = 5,
    };

    public static Recipe WithDropout(double dropout) => Recipe with { Model = Model with { Dropout = dropout } };

    public static Ornaments Images(int count = 40) => new(count, size: 16, seed: 3);
}
