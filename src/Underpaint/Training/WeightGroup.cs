namespace Underpaint.Training;

/// <summary>Neighbouring weights that are updated with one learning rate.</summary>
/// <param name="First">The first of them in the flat buffer, by which the group is known from one update to the next.</param>
/// <param name="Count">How many.</param>
/// <param name="LearningRate">Their step size.</param>
public readonly record struct WeightGroup(long First, long Count, double LearningRate);
