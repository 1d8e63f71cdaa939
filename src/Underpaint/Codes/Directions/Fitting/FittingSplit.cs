using Underpaint.Codes.Attributes;

namespace Underpaint.Codes.Directions.Fitting;

/// <summary>Which images directions are fitted on, and which are held out to judge them.</summary>
internal static class FittingSplit
{
    /// <summary>
    /// Draws a split at random, then moves one image for each binary attribute whose rarer kind lies in one part only, so that it lies in both, as far as
    /// attributes do not need the same images.
    /// </summary>
    /// <param name="data">The images' attributes. Of a kind that has one image only, that stays where it is.</param>
    /// <param name="options">How many are held out, and the seed.</param>
    /// <returns>Their places in rising order.</returns>
    /// <exception cref="UnderpaintException">There are too few images.</exception>
    public static (int[] Fitted, int[] HeldOut) Of(LabelledCodes data, DirectionOptions options)
    {
        int count = data.Codes.Count, heldOut = Math.Max(1, (int)(count * options.HeldOut));
        if (count - heldOut < 2)
            throw new UnderpaintException($"{count} image{(count == 1 ? " is" : "s are")} too few to fit directions and to judge them.", "Encode more images.");
        var isHeldOut = new bool[count];
        foreach (int place in new RandomSource(options.Seed, "attributes").NextOrder(count)[..heldOut])
            isHeldOut[place] = true;
        int[][] rarer = [.. data.Attributes.Where(attribute => attribute.IsBinary).Select(PlacesOfRarer).OrderByDescending(places => places.Length)];
        var needs = new int[count];
        foreach (int place in rarer.SelectMany(places => places))
            needs[place]++;
        // The rarest last, and of its images the one that fewest others need: no later move takes away what an earlier one gave.
        foreach (int[] places in rarer)
            Share(places, needs, isHeldOut);
        return (PlacesOf(isHeldOut, false), PlacesOf(isHeldOut, true));
    }

    private static void Share(int[] places, int[] needs, bool[] isHeldOut)
    {
        int heldOut = places.Count(place => isHeldOut[place]);
        if (places.Length >= 2 && (heldOut == 0 || heldOut == places.Length))
            isHeldOut[places.MinBy(place => needs[place])] = heldOut == 0;
    }

    private static int[] PlacesOfRarer(AttributeValues attribute)
    {
        bool[] has = Array.ConvertAll(attribute.Values, value => value > 0);
        return PlacesOf(has, 2 * has.Count(each => each) <= has.Length);
    }

    private static int[] PlacesOf(bool[] all, bool which) => [.. Enumerable.Range(0, all.Length).Where(i => all[i] == which)];
}
