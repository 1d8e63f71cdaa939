namespace Underpaint.Kernels;

/// <summary>The numbers of one update of <see cref="FusedAdam"/>, the same for all weights.</summary>
/// <param name="LearningRate">The step size.</param>
/// <param name="Beta1">The share of the first moment that is kept.</param>
/// <param name="Beta2">The share of the second moment that is kept.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
/// <param name="WeightDecay">The share of a weight that goes, per learning rate, whatever its gradient.</param>
/// <param name="FirstCorrection">1 − Beta1^updates: what a first moment that started at 0 has reached.</param>
/// <param name="SecondCorrection">1 − Beta2^updates.</param>
/// <param name="GradientScale">The gradients are multiplied by it before anything else; 1 where they are not clipped.</param>
internal readonly record struct AdamStep(
    double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay,
    double FirstCorrection, double SecondCorrection, double GradientScale);
