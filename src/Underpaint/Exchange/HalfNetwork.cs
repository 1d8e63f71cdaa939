namespace Underpaint.Exchange;

/// <summary>The way down of a U-Net as its tensors tell it: the entries of <c>input_blocks</c> after the first convolution.</summary>
/// <param name="Channels">The channels that leave each entry.</param>
/// <param name="HasAttention">Whether each entry has attention.</param>
internal sealed record HalfNetwork(IReadOnlyList<int> Channels, IReadOnlyList<bool> HasAttention)
{
    private const int MostLevels = 8;

    /// <summary>
    /// The levels when each has some residual blocks and, but for the last, an entry that halves the resolution; null where the
    /// entries cannot be divided so.
    /// </summary>
    /// <param name="levels">How many levels.</param>
    /// <param name="width">The channels that multipliers count in.</param>
    public LevelLayout? Divide(int levels, int width)
    {
        int perLevel = (Channels.Count + 1) / levels;
        if (perLevel * levels != Channels.Count + 1 || perLevel < 2)
            return null;
        var multipliers = new List<int>();
        var attention = new List<int>();
        for (int level = 0; level < levels; level++)
        {
            Range blocks = (level * perLevel)..((level + 1) * perLevel - 1);
            // Only a level's first block changes the channels, and no entry that halves has attention.
            int[] channels = [.. Channels.Take(blocks), .. Channels.Skip(blocks.End.Value).Take(level < levels - 1 ? 1 : 0)];
            bool[] attended = [.. HasAttention.Take(blocks).Distinct()];
            bool halvesWithAttention = level < levels - 1 && HasAttention[blocks.End.Value];
            if (channels.Distinct().Count() > 1 || attended.Length > 1 || halvesWithAttention || channels[0] % width != 0)
                return null;
            multipliers.Add(channels[0] / width);
            if (attended[0])
                attention.Add(level);
        }
        return new(multipliers, perLevel - 1, attention);
    }

    /// <summary>Every way to divide the entries, the most levels first.</summary>
    /// <param name="width">The channels that multipliers count in.</param>
    public IEnumerable<LevelLayout> Divisions(int width) =>
        Enumerable.Range(1, MostLevels).Reverse().Select(levels => Divide(levels, width)).OfType<LevelLayout>();
}
