namespace Underpaint.Training;

/// <summary>Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019).</summary>
public sealed record OptimizerOptions
{
    /// <summary>The step size. Default 1e-4.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Images per update. Default 64.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>The gradient's largest global 2-norm; 0 means no clipping. Default 1.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>Images over which the learning rate rises linearly from 0 at the start of the run. Default 0.</summary>
    public long Warmup { get; init; }

    /// <summary>Decoupled weight decay (AdamW); 0 is plain Adam. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Decay of the first moment. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the denominator. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The step size after so many images: it rises over <see cref="Warmup"/>.</summary>
    /// <param name="rate">The step size after that.</param>
    /// <param name="imagesSeen">Images seen before the step.</param>
    internal double Warmed(double rate, long imagesSeen) =>
        imagesSeen < Warmup ? rate * (imagesSeen + Batch) / (Warmup + Batch) : rate;
}
