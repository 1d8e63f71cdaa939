using Underpaint.Codes.Attributes;

namespace Underpaint.Codes.Directions.Fitting;

/// <summary>Which images directions are fitted on, and which are held out to judge them.</summary>
internal static class FittingSplit
{
    /// <summary>Draws a split at random, then moves as few images as it takes for each binary attribute to have its rarer kind in both parts.</summary>
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
        // The rarest last, so that no later move takes away what it needs.
        foreach (AttributeValues attribute in data.Attributes.Where(attribute => attribute.IsBinary).OrderByDescending(attribute => PlacesOfRarer(attribute).Length))
            Share(PlacesOfRarer(attribute), isHeldOut);
        return (PlacesOf(isHeldOut, false), PlacesOf(isHeldOut, true));
    }

    private static void Share(int[] places, bool[] isHeldOut)
    {
        int heldOut = places.Count(place => isHeldOut[place]);
        if (places.Length >= 2 && (heldOut == 0 || heldOut == places.Length))
            isHeldOut[places[0]] = heldOut == 0;
    }

    private static int[] PlacesOfRarer(AttributeValues attribute)
    {
        bool[] has = Array.ConvertAll(attribute.Values, value => value > 0);
        return PlacesOf(has, 2 * has.Count(each => each) <= has.Length);
    }

    private static int[] PlacesOf(bool[] all, bool which) => [.. Enumerable.Range(0, all.Length).Where(i => all[i] == which)];
}
