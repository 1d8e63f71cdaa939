namespace Underpaint.Evaluation.Comparisons;

/// <summary>What a difference between two runs says.</summary>
public enum Verdict
{
    /// <summary>These images cannot tell: the interval of the difference holds 0, or there is none.</summary>
    Unclear,

    /// <summary>The run is better, by more than the luck of the images.</summary>
    Better,

    /// <summary>The run is worse, by more than the luck of the images.</summary>
    Worse,
}
