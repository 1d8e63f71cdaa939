using Underpaint.Diffusion;

namespace Underpaint.Training;

/// <summary>One part of the training, with a noise schedule of its own.</summary>
public sealed record Phase
{
    /// <summary>The phase's name, such as "structure" or "detail".</summary>
    public required string Name { get; init; }

    /// <summary>How many images the phase trains on; at least 1.</summary>
    public required long Images { get; init; }

    /// <summary>Which noise levels the decoder is trained at, and how the model decodes if this is its last phase.</summary>
    public required NoiseSchedule Schedule { get; init; }

    /// <summary>What the network predicts.</summary>
    public required Prediction Predict { get; init; }

    /// <summary>Overrides the optimiser's learning rate in this phase. Default: no override.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The encoder's learning rate in this phase. Default: the same as the decoder's.</summary>
    public double? EncoderLearningRate { get; init; }

    /// <summary>How errors at different noise levels are weighed against each other. Default uniform.</summary>
    public LossWeighting Weighting { get; init; } = LossWeighting.Uniform;

    /// <summary>Whether the encoder stays as it is, and only the decoder learns. Default false.</summary>
    public bool FreezeEncoder { get; init; }

    /// <summary>The share of samples trained at the highest noise, whatever the schedule: 0 … 1. Default 0.</summary>
    public double Rehearsal { get; init; }

    /// <summary>What is asked of the codes themselves; they are encoded once more for it. Default none.</summary>
    public CodePenalty CodePenalty { get; init; } = CodePenalty.None;

    /// <summary>What a squared error of the network's output counts at one noise level.</summary>
    /// <param name="level">The noise level.</param>
    internal double Weight(NoiseLevel level) => Weighting.At(Predict, level.Alpha, level.Sigma);
}
