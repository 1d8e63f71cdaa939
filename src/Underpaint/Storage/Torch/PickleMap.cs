namespace Underpaint.Storage.Torch;

/// <summary>
/// A dictionary, ordered or not: the file's order is kept. Its keys are texts, whole numbers, booleans, <c>None</c> or names.
/// </summary>
public sealed record PickleMap : PickleValue
{
    private readonly OrderedDictionary<PickleValue, PickleValue> _entries = [];

    /// <summary>What it holds, in the file's order.</summary>
    public IReadOnlyDictionary<PickleValue, PickleValue> Entries => _entries;

    /// <summary>The value under a text; null where there is none.</summary>
    /// <param name="key">The text.</param>
    public PickleValue? this[string key] => _entries.GetValueOrDefault(new PickleText(key));

    internal override IEnumerable<(string Name, PickleValue Value)> Members =>
        _entries.Select(entry => (entry.Key.KeyName, entry.Value));

    internal void Add(PickleValue key, PickleValue value, PickleInput input)
    {
        if (!key.IsKey)
            throw input.Broken("has a dictionary with a key that is neither a short text nor a whole number nor a name");
        if (!_entries.TryAdd(key, value))
            throw input.Broken($"has the key {Quotation.Of(key.KeyName)} twice in a dictionary");
    }
}
