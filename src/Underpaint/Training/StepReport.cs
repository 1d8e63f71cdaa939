namespace Underpaint.Training;

/// <summary>What one training step did.</summary>
/// <param name="Phase">The phase's name.</param>
/// <param name="ImagesSeen">Images seen, this step's included.</param>
/// <param name="Loss">The batch's weighted mean loss.</param>
/// <param name="GradientNorm">The gradient's 2-norm before clipping.</param>
/// <param name="LearningRate">The step size used.</param>
/// <param name="Errors">Each image's mean squared error in what the network predicts, before weighting.</param>
/// <param name="NoiseShares">Each image's noise level, 0 (clean) … 1 (pure noise): see <see cref="Diffusion.NoiseLevel.Share"/>.</param>
public sealed record StepReport(string Phase, long ImagesSeen, double Loss, double GradientNorm, double LearningRate,
    IReadOnlyList<float> Errors, IReadOnlyList<double> NoiseShares)
{
    /// <summary>What the phase's <see cref="CodePenalty"/> cost, weighted; not part of <see cref="Loss"/>. 0 where there is none.</summary>
    public double CodeCost { get; init; }
}
