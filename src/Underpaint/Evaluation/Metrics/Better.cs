namespace Underpaint.Evaluation.Metrics;

/// <summary>Which of two figures of a metric is the better one.</summary>
public enum Better
{
    /// <summary>The higher one.</summary>
    Higher,

    /// <summary>The lower one.</summary>
    Lower,

    /// <summary>The one whose ratio to 1 is smaller: a half is as far from it as two.</summary>
    NearerToOne,
}
