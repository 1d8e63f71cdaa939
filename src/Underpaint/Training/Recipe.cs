using Underpaint.Data.Images;
using Underpaint.Networks;

namespace Underpaint.Training;

/// <summary>All of a run: data, model, ordered phases and optimiser. Saved in the run folder and inside every model file.</summary>
public sealed record Recipe
{
    /// <summary>The recipe's name; part of the run folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>The model whose weights the run starts from. Default null: fresh weights.</summary>
    public StartOptions? Start { get; init; }

    /// <summary>How images are prepared.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>The network's sizes.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>The training phases, in order; at least one.</summary>
    public required IReadOnlyList<Phase> Phases { get; init; }

    /// <summary>Adam's settings, for all phases.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>The average of the weights that is used for inference.</summary>
    public EmaOptions Ema { get; init; } = new();

    /// <summary>When to save, and how many checkpoints to keep.</summary>
    public CheckpointOptions Checkpoint { get; init; } = new();

    /// <summary>When to reconstruct the fixed validation images, how many, and in how many steps.</summary>
    public ValidationOptions Validation { get; init; } = new();

    /// <summary>The seed of everything random in the run. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Images that the phases ask for, together; <see cref="PhasePlan.End"/> is where they end, each rounded up to whole batches.</summary>
    public long TotalImages => Phases.Sum(phase => phase.Images);
}
