using Underpaint.Networks;
using Underpaint.Storage;

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

    /// <summary>Chooses the average, or the live weights where they are asked for.</summary>
    /// <exception cref="FileFormatException">The file has no such weights.</exception>
    public static OfficialSet Choose(string file, OfficialTensors tensors, bool raw)
    {
        OfficialSet set = raw ? new(tensors.Live, Live, tensors.Average, Averaged) : new(tensors.Average, Averaged, tensors.Live, Live);
        if (set.Names.Count > 0)
            return set;
        if (raw)
            throw new FileFormatException(file, "holds no live weights (model.…)", "Import it without --raw.");
        if (tensors.Only.Count > 0)
            return new(tensors.Only, "weights", tensors.Live, Live);
        throw new FileFormatException(file, "holds no averaged weights (ema_model.…)", "Give --raw to import its live weights.");
    }

    /// <summary>The shapes of the set's tensors, by official name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> ShapesIn(ITensorFile file)
    {
        Dictionary<string, IReadOnlyList<long>> shapes = new(file.Shapes, StringComparer.Ordinal);
        return Names.ToDictionary(name => name.Key, name => shapes[name.Value], StringComparer.Ordinal);
    }

    /// <summary>The set, and every tensor of the file that no part of Diff-AE has.</summary>
    /// <param name="tensors">All of the file.</param>
    /// <param name="layout">The weights that there should be.</param>
    public IReadOnlyDictionary<string, string> WithUnknown(OfficialTensors tensors, WeightSet layout)
    {
        var names = new Dictionary<string, string>(Names, StringComparer.Ordinal);
        var known = layout.All.Select(weight => weight.Name).ToHashSet(StringComparer.Ordinal);
        IEnumerable<string> strange = Other.Where(name => !known.Contains(name.Key)).Select(name => name.Value);
        if (Names != tensors.Only)
            strange = strange.Concat(tensors.Only.Values);
        foreach (string name in strange.Concat(tensors.Unknown))
            names.Add(names.ContainsKey(name) ? $"{name}, of a second set" : name, name);
        return names;
    }

    /// <summary>What of the file is left out on purpose, and how many tensors it is.</summary>
    public IReadOnlyDictionary<string, int> LeftOut(OfficialTensors tensors)
    {
        var left = tensors.Others.ToDictionary(part => OfficialPart.InWords(part.Key), part => part.Value);
        if (Other.Count > 0)
            left.Add(OtherKind, Other.Count);
        return left;
    }
}
