using System.Collections;

namespace Underpaint.Storage.Zip;

/// <summary>The names of some files of a zip archive, in an order of their own; each is made when asked for.</summary>
/// <param name="entries">The archive's files.</param>
/// <param name="order">Which of them.</param>
internal sealed class ZipNames(ZipEntries entries, int[] order) : IReadOnlyList<string>
{
    /// <inheritdoc/>
    public int Count => order.Length;

    /// <inheritdoc/>
    public string this[int index] => entries.NameOf(order[index]);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => order.Select(entries.NameOf).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
