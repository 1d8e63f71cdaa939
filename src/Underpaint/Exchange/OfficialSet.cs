namespace Underpaint.Exchange;

/// <summary>The one set of weights of an official file that is to be imported.</summary>
/// <param name="Names">The tensors' names in the file, by official name.</param>
/// <param name="Kind">Which weights they are, in words.</param>
/// <param name="Other">The set that is left out; may be empty.</param>
/// <param name="OtherKind">Which weights those are.</param>
internal sealed record OfficialSet(
    IReadOnlyDictionary<string, string> Names, string Kind, IReadOnlyDictionary<string, string> Other, string OtherKind)
{
    private const string Averaged = "averaged weights", Live = "live weights";

    /// <summary>Those of the autoencoder.</summary>
    public IReadOnlyDictionary<string, string> Autoencoder { get; } = Names
        .Where(name => !name.Key.StartsWith(OfficialPart.LatentNetwork, StringComparison.Ordinal)
            && !name.Key.StartsWith(OfficialPart.Classifier + ".", StringComparison.Ordinal))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Chooses the average, or the live weights where they are asked for.</summary>
    /// <exception cref="FileFormatException">The file has no such weights.</exception>
    public static OfficialSet Choose(OfficialTensors tensors, bool raw)
    {
        OfficialSet set = raw ? new(tensors.Live, Live, tensors.Average, Averaged) : new(tensors.Average, Averaged, tensors.Live, Live);
        if (set.Names.Count > 0)
            return set;
        if (raw)
            throw new FileFormatException(tensors.Path, "holds no live weights (model.…)", "Import it without --raw.");
        if (tensors.Only.Count > 0)
            return new(tensors.Only, "weights", tensors.Live, Live);
        throw new FileFormatException(tensors.Path, "holds no averaged weights (ema_model.…)", "Give --raw to import its live weights.");
    }

    /// <summary>A part of the set, without the part's prefix; empty where it has no such part.</summary>
    /// <param name="prefix">The prefix.</param>
    public Dictionary<string, string> Under(string prefix) => Names.Where(name => name.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(name => name.Key[prefix.Length..], name => name.Value, StringComparer.Ordinal);

    /// <summary>Every tensor of the file that no part of Diff-AE has, by the name that errors give it.</summary>
    /// <param name="tensors">All of the file.</param>
    /// <param name="known">The official names that there should be.</param>
    public IEnumerable<string> UnknownIn(OfficialTensors tensors, IReadOnlySet<string> known)
    {
        IEnumerable<string> strange = Other.Where(name => !Names.ContainsKey(name.Key) && !known.Contains(name.Key)).Select(name => name.Value);
        if (Names != tensors.Only)
            strange = strange.Concat(tensors.Only.Values);
        return strange.Concat(tensors.Unknown).Select(name => Names.ContainsKey(name) ? $"{name}, of a second set" : name);
    }
}
