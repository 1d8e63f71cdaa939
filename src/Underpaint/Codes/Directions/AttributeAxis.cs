namespace Underpaint.Codes.Directions;

/// <summary>One attribute as a number.</summary>
/// <param name="IsBinary">Whether images have it (1) or not (0).</param>
/// <param name="Factor">What it is a part of; null for nothing. Binary attributes of one factor are classes of which each image has one, numbers the cosine and the sine of an angle.</param>
/// <param name="Mean">Its mean.</param>
/// <param name="Deviation">Its standard deviation; 0 where it never changes.</param>
/// <param name="Low">The lowest value seen.</param>
/// <param name="High">The highest value seen.</param>
/// <param name="Relevance">How well codes tell it, 0 … 1: what they do not tell cannot be changed in them either.</param>
internal sealed record AttributeAxis(bool IsBinary, string? Factor, double Mean, double Deviation, double Low, double High, double Relevance)
{
    /// <summary>Whether the examples differ in it: else nothing can be learnt of what it changes.</summary>
    public bool Varies => Deviation > 0;

    /// <summary>What a strength of 1 adds to its value: what it takes to have it; of a number, two standard deviations.</summary>
    public double Unit => IsBinary ? 1 : 2 * Deviation;
}
