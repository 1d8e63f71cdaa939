using Underpaint.Data.Images;

namespace Underpaint.Data.Sources;

/// <summary>
/// Several sources one after the other, as one. Their classes are left out: the same number means another class in each.
/// </summary>
public sealed class JoinedSource : IImageSource
{
    private readonly IReadOnlyList<IImageSource> _sources;

    // The index after each source's last image.
    private readonly int[] _ends;

    /// <summary>Joins sources.</summary>
    /// <param name="sources">At least one; from now on this source's to dispose.</param>
    /// <exception cref="UnderpaintException">Together they have more images than can be counted.</exception>
    public JoinedSource(IReadOnlyList<IImageSource> sources)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sources.Count, nameof(sources));
        (_sources, _ends) = (sources, new int[sources.Count]);
        long end = 0;
        for (int i = 0; i < _ends.Length; i++)
        {
            end += sources[i].Count;
            if (end > int.MaxValue)
                throw new UnderpaintException($"{end} images are more than one set can have.", "Name fewer folders or archives.");
            _ends[i] = (int)end;
        }
    }

    /// <inheritdoc/>
    public string Description => _sources.Count == 1
        ? _sources[0].Description
        : $"{_sources[0].Description} and {_sources.Count - 1} more";

    /// <inheritdoc/>
    public int Count => _ends[^1];

    /// <summary>No classes.</summary>
    public IReadOnlyList<string> LabelNames => [];

    /// <inheritdoc/>
    public string NameOf(int index) => Find(index, (source, i) => source.NameOf(i));

    /// <summary>No class.</summary>
    public int? LabelOf(int index) => null;

    /// <inheritdoc/>
    public PixelImage Read(int index) => Find(index, (source, i) => source.Read(i));

    /// <inheritdoc/>
    public PixelImage Read(int index, DataOptions options) => Find(index, (source, i) => source.Read(i, options));

    /// <inheritdoc/>
    public ImageSize Measure(int index) => Find(index, (source, i) => source.Measure(i));

    /// <inheritdoc/>
    public byte[]? ReadEncoded(int index) => Find(index, (source, i) => source.ReadEncoded(i));

    /// <summary>Made of the sources' fingerprints, in their order.</summary>
    public string Fingerprint()
    {
        using var hash = new SourceHash("joined");
        foreach (IImageSource source in _sources)
            hash.Add(source.Fingerprint());
        return hash.Finish();
    }

    /// <summary>Closes all the sources.</summary>
    public void Dispose()
    {
        foreach (IImageSource source in _sources)
            source.Dispose();
    }

    private T Find<T>(int index, Func<IImageSource, int, T> use)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        int found = Array.BinarySearch(_ends, index + 1);
        int source = found >= 0 ? found : ~found;
        return use(_sources[source], index - (source == 0 ? 0 : _ends[source - 1]));
    }
}
