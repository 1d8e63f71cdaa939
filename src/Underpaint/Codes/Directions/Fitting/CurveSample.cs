using Underpaint.Codes.Attributes;

namespace Underpaint.Codes.Directions.Fitting;

/// <summary>Which images curves are learnt from, or judged by.</summary>
internal static class CurveSample
{
    // The first says that there is such a kind, the second what its codes have in common.
    private const int LeastOfAKind = 2;

    /// <summary>
    /// Draws images at random. Chance would leave out some of many classes, and curves could not lead to them: so of every binary attribute's rarer kind at least
    /// two are among those drawn, as far as there are so many and there is room for them. Where chance finds them, they are the ones that it finds.
    /// </summary>
    /// <param name="codes">The images to draw from.</param>
    /// <param name="attributes">The attributes of all images.</param>
    /// <param name="count">How many to draw, at least 1; all are taken if they are fewer.</param>
    /// <param name="seed">The seed.</param>
    public static StandardizedCodes Of(StandardizedCodes codes, IReadOnlyList<AttributeValues> attributes, int count, long seed)
    {
        if (count >= codes.Count)
            return codes;
        int[] order = new RandomSource(seed, "curves").NextOrder(codes.Count);
        int[] rounds = Rounds(order, attributes.Where(attribute => attribute.IsBinary).Select(attribute => codes.Of(attribute.Values)));
        return codes.At([.. order.OrderBy(i => rounds[i]).Take(count).Order()]);
    }

    // 0 for the first image of any rarer kind, 1 for the second, and then comes everything else.
    private static int[] Rounds(int[] order, IEnumerable<double[]> attributes)
    {
        int[] rounds = [.. Enumerable.Repeat(LeastOfAKind, order.Length)];
        foreach (double[] values in attributes)
        {
            bool isRare = 2 * values.Count(value => value > 0) <= values.Length;
            foreach (var (round, i) in order.Where(i => values[i] > 0 == isRare).Take(LeastOfAKind).Index())
                rounds[i] = Math.Min(rounds[i], round);
        }
        return rounds;
    }
}
