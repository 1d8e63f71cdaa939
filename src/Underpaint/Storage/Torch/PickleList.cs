using System.Globalization;

namespace Underpaint.Storage.Torch;

/// <summary>A list.</summary>
public sealed record PickleList : PickleValue
{
    private readonly List<PickleValue> _items = [];

    /// <summary>What it holds, in order.</summary>
    public IReadOnlyList<PickleValue> Items => _items;

    internal override IEnumerable<(string Name, PickleValue Value)> Members =>
        _items.Select((item, i) => (i.ToString(CultureInfo.InvariantCulture), item));

    internal void Add(ReadOnlySpan<PickleValue> items) => _items.AddRange(items);
}
