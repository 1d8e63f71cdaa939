using Underpaint.Data.Images;

namespace Underpaint.Data.Sources;

/// <summary>Some images of another source, as a source of their own. Disposing it leaves the other source open.</summary>
public sealed class SubsetSource : IImageSource
{
    private readonly IImageSource _all;
    private readonly int[] _indices;

    /// <summary>Chooses images.</summary>
    /// <param name="all">The other source; it must outlive this one, and its owner disposes it.</param>
    /// <param name="indices">Which of its images, in the order that this source shall have; at least one.</param>
    /// <exception cref="ArgumentException">No image is chosen, or one that <paramref name="all"/> does not have.</exception>
    public SubsetSource(IImageSource all, IEnumerable<int> indices)
    {
        (_all, _indices) = (all, [.. indices]);
        if (_indices.Length == 0 || _indices.Any(index => index < 0 || index >= all.Count))
            throw new ArgumentException($"A subset has one image or more, all of 0 … {all.Count - 1}.", nameof(indices));
    }

    /// <inheritdoc/>
    public string Description => $"{Count} of the {_all.Count} images of {_all.Description}";

    /// <inheritdoc/>
    public int Count => _indices.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string> LabelNames => _all.LabelNames;

    /// <inheritdoc/>
    public string NameOf(int index) => _all.NameOf(_indices[index]);

    /// <inheritdoc/>
    public int? LabelOf(int index) => _all.LabelOf(_indices[index]);

    /// <inheritdoc/>
    public PixelImage Read(int index) => _all.Read(_indices[index]);

    /// <inheritdoc/>
    public PixelImage Read(int index, DataOptions options) => _all.Read(_indices[index], options);

    /// <inheritdoc/>
    public ImageSize Measure(int index) => _all.Measure(_indices[index]);

    /// <inheritdoc/>
    public byte[]? ReadEncoded(int index) => _all.ReadEncoded(_indices[index]);

    /// <summary>Made of the other source's fingerprint and the choice.</summary>
    public string Fingerprint()
    {
        using var hash = new SourceHash("subset");
        hash.Add(_all.Fingerprint());
        foreach (int index in _indices)
            hash.Add(index);
        return hash.Finish();
    }

    /// <summary>Does nothing: the other source belongs to whoever opened it.</summary>
    public void Dispose()
    {
    }
}
