using System.Collections;

namespace Underpaint.Storage.Zip;

/// <summary>
/// The files of a zip archive, in its own order. What is held in memory is the archive's directory as it stands in the file;
/// entries and their names are made of it when asked for, so that millions of them take no more than they do on disk.
/// </summary>
internal sealed class ZipEntries : IReadOnlyList<ZipEntry>
{
    private readonly byte[] _directory;
    private readonly List<int> _files;
    private readonly HashSet<int> _byName;
    private bool _isAllUtf8 = true;

    /// <summary>No files yet.</summary>
    /// <param name="directory">The archive's directory.</param>
    /// <param name="count">How many entries it has, folders included.</param>
    public ZipEntries(byte[] directory, int count)
    {
        (_directory, _files) = (directory, new List<int>(count));
        _byName = new HashSet<int>(count, new ZipNameComparer(directory));
    }

    /// <inheritdoc/>
    public int Count => _files.Count;

    /// <inheritdoc/>
    public ZipEntry this[int index] => HeaderAt(_files[index]).ToEntry();

    /// <summary>Adds a file or folder.</summary>
    /// <param name="at">Where its entry begins in the directory.</param>
    /// <returns>Whether its name is new.</returns>
    public bool Add(int at)
    {
        ReadOnlySpan<byte> name = HeaderAt(at).NameBytes;
        _isAllUtf8 &= System.Text.Unicode.Utf8.IsValid(name);
        if (!name.EndsWith("/"u8))
            _files.Add(at);
        return _byName.Add(at);
    }

    /// <summary>A file's name.</summary>
    public string NameOf(int index) => HeaderAt(_files[index]).Name;

    /// <summary>The file of a name; null where there is none.</summary>
    public ZipEntry? Find(string name) => !name.EndsWith('/')
        && _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out int at) ? HeaderAt(at).ToEntry() : null;

    /// <summary>Compares two files' names, as <see cref="string.CompareOrdinal(string, string)"/> does.</summary>
    public int CompareNames(int left, int right) => _isAllUtf8
        ? CompareUtf8(HeaderAt(_files[left]).NameBytes, HeaderAt(_files[right]).NameBytes)
        : string.CompareOrdinal(NameOf(left), NameOf(right));

    /// <inheritdoc/>
    public IEnumerator<ZipEntry> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ZipHeader HeaderAt(int at) => new(_directory.AsSpan(at));

    private static int CompareUtf8(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int same = left.CommonPrefixLength(right);
        return same == left.Length || same == right.Length
            ? left.Length - right.Length
            : Rank(left[same]) - Rank(right[same]);
    }

    // Bytes sort as the characters do, but for those beyond 16 bits: strings hold them in halves that come before U+E000.
    private static int Rank(byte first) => first < 0xEE ? first : first < 0xF0 ? first + 16 : first - 2;
}
