namespace Underpaint.Codes.Probes;

/// <summary>How well scores tell images that have an attribute from those that have not.</summary>
/// <param name="Accuracy">Share of images whose score is on the right side of 0.</param>
/// <param name="BalancedAccuracy">Mean of that share among those that have it and among those that have not; 0.5 is chance.</param>
/// <param name="Auroc">How often one that has it scores higher than one that has not; 0.5 is chance.</param>
/// <param name="AveragePrecision">Mean share of rightly named images over all thresholds; the share of those that have it is chance.</param>
public sealed record BinaryScores(double Accuracy, double BalancedAccuracy, double Auroc, double AveragePrecision)
{
    /// <summary>Judges scores.</summary>
    /// <param name="scores">One of each image; above 0 says that it has the attribute.</param>
    /// <param name="labels">Whether it has.</param>
    /// <exception cref="ArgumentException">All have it, or none.</exception>
    public static BinaryScores Of(double[] scores, bool[] labels)
    {
        long positives = labels.LongCount(label => label), negatives = labels.Length - positives;
        if (positives == 0 || negatives == 0)
            throw new ArgumentException("Both kinds are needed.", nameof(labels));
        long right = 0, rightPositives = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            right += scores[i] > 0 == labels[i] ? 1 : 0;
            rightPositives += scores[i] > 0 && labels[i] ? 1 : 0;
        }
        double sensitivity = (double)rightPositives / positives, specificity = (double)(right - rightPositives) / negatives;
        var (auroc, precision) = Rank(scores, labels, positives, negatives);
        return new((double)right / labels.Length, (sensitivity + specificity) / 2, auroc, precision);
    }

    // From the highest score down, equal ones at once: pairs in the right order, and precision where recall grows.
    private static (double Auroc, double AveragePrecision) Rank(double[] scores, bool[] labels, long positives, long negatives)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
        double orderedPairs = 0, precision = 0;
        long above = 0, falseAbove = 0;
        for (int i = 0; i < order.Length;)
        {
            long found = 0, wrong = 0;
            double score = scores[order[i]];
            for (; i < order.Length && scores[order[i]] == score; i++)
            {
                found += labels[order[i]] ? 1 : 0;
                wrong += labels[order[i]] ? 0 : 1;
            }
            orderedPairs += wrong * (above + found / 2.0);
            above += found;
            falseAbove += wrong;
            precision += (double)found / positives * above / (above + falseAbove);
        }
        return (orderedPairs / positives / negatives, precision);
    }
}
