using Underpaint.Networks;
using Underpaint.Training;

namespace Underpaint.Codes.Latents;

/// <summary>
/// All of a latent DPM's training but the codes. A code counts as the image that it was made of, so lengths are in images seen, as in any recipe.
/// The defaults are Diff-AE's (constant β, L1, AdamW with decay 0.01, an average of the weights), with fewer images and a faster pace for small sets.
/// </summary>
public sealed record LatentRecipe
{
    /// <summary>How many images' codes are trained on, each time one is drawn; at least 1. Default 2 000 000 (Diff-AE: 101 to 2001 millions).</summary>
    public long Images { get; init; } = 2_000_000;

    /// <summary>The network's sizes.</summary>
    public LatentNetworkOptions Network { get; init; } = new();

    /// <summary>Adam's settings. Default learning rate 5e-4, batch 256, weight decay 0.01, clip 1.</summary>
    public OptimizerOptions Optimizer { get; init; } = new() { LearningRate = 5e-4, Batch = 256, WeightDecay = 0.01 };

    /// <summary>The average of the weights that codes are drawn with. Default half-life 100 000.</summary>
    public EmaOptions Ema { get; init; } = new() { HalfLife = 100_000 };

    /// <summary>When to save, and how many checkpoints to keep. Default every 500 000, 2 kept; milestones are not used.</summary>
    public CheckpointOptions Checkpoint { get; init; } = new() { Every = 500_000, Keep = 2 };

    /// <summary>The seed of everything random. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Images seen at the end: <see cref="Images"/>, rounded up to whole batches.</summary>
    public long End => (Images + Optimizer.Batch - 1) / Optimizer.Batch * Optimizer.Batch;
}
