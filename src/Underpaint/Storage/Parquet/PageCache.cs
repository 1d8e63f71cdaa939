namespace Underpaint.Storage.Parquet;

/// <summary>
/// Unpacked pages, the last used ones, for all threads together. Any number may be kept as long as they fit; of those that do not,
/// the last one, so that values that lie next to each other are unpacked once.
/// </summary>
/// <param name="mostBytes">How much they may take together.</param>
internal sealed class PageCache(long mostBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, LinkedListNode<Entry>> _entries = [];

    // The last used one is the first.
    private readonly LinkedList<Entry> _order = new();
    private long _bytes;

    /// <summary>Finds a page, or loads it. Two threads that want the same one at the same time may both load it.</summary>
    /// <param name="key">Which page: an object of its own.</param>
    /// <param name="load">Loads it; called without a lock.</param>
    public BytesPage Get(object key, Func<BytesPage> load)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out LinkedListNode<Entry>? found))
            {
                _order.Remove(found);
                _order.AddFirst(found);
                return found.Value.Page;
            }
        }
        BytesPage page = load();
        lock (_lock)
            Keep(new(key, page));
        return page;
    }

    private void Keep(Entry entry)
    {
        var node = new LinkedListNode<Entry>(entry);
        if (!_entries.TryAdd(entry.Key, node))
            return;
        _order.AddFirst(node);
        _bytes += entry.Page.Bytes;
        while (_bytes > mostBytes && _order.Count > 1)
        {
            Entry oldest = _order.Last!.Value;
            _order.RemoveLast();
            _ = _entries.Remove(oldest.Key);
            _bytes -= oldest.Page.Bytes;
        }
    }

    private sealed record Entry(object Key, BytesPage Page);
}
