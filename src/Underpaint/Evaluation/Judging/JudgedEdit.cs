using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Evaluation.Judging;

/// <summary>What one direction did to images, as a judge sees it.</summary>
/// <param name="Direction">The direction's name.</param>
/// <param name="Strength">How far images were moved, in the direction's units.</param>
/// <param name="Question">The judge's question that tells whether it did what it should.</param>
/// <param name="Changed">The share of the images that changed as asked, by more than the judge is usually wrong.</param>
/// <param name="Kept">For each other question, the share of the images whose answer stayed.</param>
public sealed record JudgedEdit(string Direction, double Strength, string Question, BootstrapInterval Changed, IReadOnlyList<KeptAnswer> Kept)
{
    /// <summary>The mean of <see cref="Kept"/>; null where the judge has one question only.</summary>
    public double? MeanKept => Kept.Count > 0 ? Kept.Average(kept => kept.Share) : null;

    /// <summary>The other answer that changed most often; null where the judge has one question only.</summary>
    public KeptAnswer? LeastKept => Kept.MinBy(kept => kept.Share);
}
