namespace Underpaint.Evaluation.Judging;

/// <summary>What the answers to a <see cref="JudgeQuestion"/> are.</summary>
public enum QuestionKind
{
    /// <summary>One of several classes without an order: 0, 1, 2 …</summary>
    Class,

    /// <summary>A number on a line.</summary>
    Continuous,

    /// <summary>A number on a circle: the upper end of the range is the lower end again.</summary>
    Circular,
}
