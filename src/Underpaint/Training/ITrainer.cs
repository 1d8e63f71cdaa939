using Underpaint.Networks;

namespace Underpaint.Training;

/// <summary>What a training changes from step to step, and so what its checkpoints hold.</summary>
public interface ITrainer
{
    /// <summary>The weights being trained.</summary>
    WeightSet Weights { get; }

    /// <summary>Their average, for inference; of the same layout.</summary>
    WeightSet AverageWeights { get; }

    /// <summary>Adam and its moments.</summary>
    AdamOptimizer Optimizer { get; }

    /// <summary>How far the training is.</summary>
    long ImagesSeen { get; set; }
}
