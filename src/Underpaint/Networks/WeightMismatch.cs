using Underpaint.Storage;

namespace Underpaint.Networks;

/// <summary>How tensors differ from the weights that they should be.</summary>
/// <param name="Missing">Weights without a tensor.</param>
/// <param name="Reshaped">Tensors of another shape than their weight, with both.</param>
/// <param name="Unexpected">Tensors that are no weight.</param>
internal sealed record WeightMismatch(IReadOnlyList<string> Missing, IReadOnlyList<string> Reshaped, IReadOnlyList<string> Unexpected)
{
    // Of each kind; a network of another size differs everywhere, and nobody reads hundreds of names.
    private const int MostNamed = 20;

    /// <summary>Whether there is no difference.</summary>
    public bool IsEmpty => this is { Missing: [], Reshaped: [], Unexpected: [] };

    /// <summary>The difference, or null where every tensor is the weight of its name.</summary>
    public static WeightMismatch? Of(WeightSet weights, IReadOnlyDictionary<string, IReadOnlyList<long>> shapes)
    {
        var names = weights.All.Select(weight => weight.Name).ToHashSet(StringComparer.Ordinal);
        var mismatch = new WeightMismatch(
            [.. weights.All.Where(weight => !shapes.ContainsKey(weight.Name)).Select(weight => weight.Name)],
            [.. weights.All.Where(weight => shapes.TryGetValue(weight.Name, out var shape) && !shape.SequenceEqual(weight.Shape))
                .Select(weight => $"{weight.Name} is {InWordsOf(shapes[weight.Name])} instead of {InWordsOf(weight.Shape)}")],
            [.. shapes.Keys.Where(name => !names.Contains(name)).Order(StringComparer.Ordinal)]);
        return mismatch.IsEmpty ? null : mismatch;
    }

    /// <summary>The same under longer names.</summary>
    /// <param name="prefix">What stands before each name.</param>
    public WeightMismatch Under(string prefix) => new([.. Missing.Select(name => prefix + name)], [.. Reshaped.Select(name => prefix + name)],
        [.. Unexpected.Select(name => prefix + name)]);

    /// <summary>Differences of several networks as one.</summary>
    public static WeightMismatch Join(IReadOnlyList<WeightMismatch> parts) => new([.. parts.SelectMany(part => part.Missing)],
        [.. parts.SelectMany(part => part.Reshaped)], [.. parts.SelectMany(part => part.Unexpected).Order(StringComparer.Ordinal)]);

    /// <summary>All kinds of difference at once: how many tensors, and their names.</summary>
    public string InWords => string.Join("; ", new[]
    {
        List("missing", Missing), List("of another shape", Reshaped), List("unexpected", [.. Unexpected.Select(Quotation.Of)]),
    }.Where(part => part.Length > 0));

    private static string List(string kind, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return "";
        string more = names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "";
        return $"{names.Count} {kind} ({string.Join(", ", names.Take(MostNamed))}{more})";
    }

    private static string InWordsOf(IReadOnlyList<long> shape) => shape.Count == 0 ? "a single number" : string.Join('×', shape);
}
