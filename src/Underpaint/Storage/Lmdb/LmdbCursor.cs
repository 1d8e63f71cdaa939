namespace Underpaint.Storage.Lmdb;

/// <summary>
/// A place among a database's keys: the pages on the way from the root to it. Every way is as long as the database says, and keys
/// only rise; so pages that lead back to each other cannot keep anyone going round.
/// </summary>
internal sealed class LmdbCursor
{
    private readonly LmdbFile _file;
    private readonly LmdbPage[] _pages;
    private readonly int[] _places;

    /// <summary>Goes to the first entry whose key is not less than a given one.</summary>
    /// <exception cref="FileFormatException">A page on the way is damaged.</exception>
    public LmdbCursor(LmdbFile file, LmdbMeta meta, ReadOnlySpan<byte> key)
    {
        _file = file;
        (_pages, _places) = (new LmdbPage[meta.Depth], new int[meta.Depth]);
        IsAtEnd = meta.Root is null;
        if (meta.Root is not { } root)
            return;
        Descend(root, level: 0, key);
        if (_places[^1] == _pages[^1].Count)
            GoToNextLeaf();
        if (!IsAtEnd && Key.SequenceCompareTo(key) < 0)
            throw OutOfOrder();
    }

    /// <summary>Whether all keys are less.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The key here.</summary>
    public ReadOnlySpan<byte> Key => _pages[^1].KeyAt(_places[^1]);

    /// <summary>The value here.</summary>
    /// <exception cref="FileFormatException">The entry is damaged, or is no value.</exception>
    public LmdbValue Value => _pages[^1].ValueAt(_places[^1]);

    /// <summary>Goes to the next key.</summary>
    /// <exception cref="FileFormatException">A page on the way is damaged, or the key is not greater.</exception>
    public void Next()
    {
        (LmdbPage leaf, int place) = (_pages[^1], _places[^1]);
        if (++_places[^1] == leaf.Count)
            GoToNextLeaf();
        if (!IsAtEnd && Key.SequenceCompareTo(leaf.KeyAt(place)) <= 0)
            throw OutOfOrder();
    }

    private void Descend(long page, int level, ReadOnlySpan<byte> key)
    {
        for (; level < _pages.Length - 1; level++)
        {
            LmdbPage branch = _pages[level] = _file.ReadPage(page, isLeaf: false);
            _places[level] = branch.ChildFor(key);
            page = branch.ChildAt(_places[level]);
        }
        _pages[level] = _file.ReadPage(page, isLeaf: true);
        _places[level] = _pages[level].FirstFrom(key);
    }

    private void GoToNextLeaf()
    {
        int level = _pages.Length - 2;
        while (level >= 0 && _places[level] == _pages[level].Count - 1)
            level--;
        IsAtEnd = level < 0;
        if (!IsAtEnd)
            Descend(_pages[level].ChildAt(++_places[level]), level + 1, key: []);
    }

    private FileFormatException OutOfOrder() => LmdbFile.Damaged(_file.Path, "its keys are out of order");
}
