namespace Underpaint.Evaluation.Judging;

/// <summary>How far the training of a judge is.</summary>
/// <param name="ImagesSeen">Images seen so far.</param>
/// <param name="Images">Images it will have seen at the end.</param>
/// <param name="Cost">What the outputs for the last batch cost, all questions together, per image.</param>
public sealed record JudgeProgress(long ImagesSeen, long Images, double Cost);
