namespace Underpaint.Storage.Torch;

/// <summary>A set of texts, whole numbers, booleans, <c>None</c> or names.</summary>
public sealed record PickleSet : PickleValue
{
    private readonly HashSet<PickleValue> _items = [];

    /// <summary>What it holds.</summary>
    public IReadOnlySet<PickleValue> Items => _items;

    internal void Add(IEnumerable<PickleValue> items, PickleInput input)
    {
        foreach (PickleValue item in items)
        {
            if (!item.IsKey)
                throw input.Broken("has a set with an item that is neither a short text nor a whole number nor a name");
            _ = _items.Add(item);
        }
    }
}
