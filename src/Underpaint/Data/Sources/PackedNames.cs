using System.Collections;
using System.IO.Hashing;
using System.Text;

namespace Underpaint.Data.Sources;

/// <summary>Names of images, held as UTF-8 one behind the other, so that millions of them take little; each is made when asked for.</summary>
/// <param name="path">Where they come from, for messages.</param>
internal sealed class PackedNames(string path) : IReadOnlyList<string>
{
    private const int MostBytes = 512 << 20;
    private readonly List<int> _ends = [];
    private HashSet<ulong>? _seen = [];
    private byte[] _text = new byte[1 << 10];

    /// <inheritdoc/>
    public int Count => _ends.Count;

    /// <summary>Whether no two are the same.</summary>
    public bool AreDistinct => _seen is not null;

    /// <inheritdoc/>
    public string this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1];
            return Encoding.UTF8.GetString(_text, start, _ends[index] - start);
        }
    }

    /// <summary>Adds a name.</summary>
    /// <exception cref="FileFormatException">They get too long.</exception>
    public void Add(string name)
    {
        int start = Count == 0 ? 0 : _ends[^1];
        long end = (long)start + Encoding.UTF8.GetByteCount(name);
        if (end > MostBytes)
            throw new FileFormatException(path, $"has names of more than {MostBytes:N0} bytes together", "Name fewer shards.");
        if (end > _text.Length)
            Array.Resize(ref _text, (int)Math.Min(MostBytes, Math.Max(end, 2L * _text.Length)));
        _ = Encoding.UTF8.GetBytes(name, _text.AsSpan(start));
        _ends.Add((int)end);
        if (_seen?.Add(XxHash3.HashToUInt64(_text.AsSpan(start, (int)end - start))) == false)
            _seen = null;
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
