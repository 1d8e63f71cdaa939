using Underpaint.Data.Images;
using Underpaint.Data.Labels;
using Underpaint.Storage.Zip;

namespace Underpaint.Data.Sources;

/// <summary>
/// The images of a zip archive, in the order of their names (ordinal). Classes come from <c>dataset.json</c> at the archive's
/// root (EDM's form) or, without one, from the first folder of the names that not all share, when every image lies in one. Nothing is ever
/// unpacked to disk.
/// </summary>
public sealed class ZipSource : IImageSource
{
    private readonly ZipReader _zip;
    private readonly DecodeLimits _limits;
    private readonly int[] _images;
    private readonly ZipNames _names;
    private readonly int[]? _labels;

    /// <summary>Opens the archive and reads its directory; images are unpacked one by one when they are read.</summary>
    /// <param name="path">The archive's path.</param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <exception cref="FileFormatException">
    /// The archive is truncated, damaged, encrypted, or holds a name such as <c>../x</c>; or its <c>dataset.json</c> is wrong.
    /// </exception>
    /// <exception cref="UnderpaintException">It holds no image.</exception>
    public ZipSource(string path, DecodeLimits? limits = null)
    {
        _limits = limits ?? DecodeLimits.Default;
        Description = $"zip {path}";
        _zip = new ZipReader(path);
        try
        {
            _images = [.. Enumerable.Range(0, _zip.Entries.Count).Where(i => ImageNames.IsVisibleImage(_zip.Entries.NameOf(i)))];
            Array.Sort(_images, _zip.Entries.CompareNames);
            _names = new ZipNames(_zip.Entries, _images);
            if (_images.Length == 0)
                throw new UnderpaintException($"The archive {path} holds no images.",
                    $"Name an archive with {ImageNames.Kinds} files.");
            (LabelNames, _labels) = ReadLabels(path);
        }
        catch
        {
            _zip.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public int Count => _images.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string> LabelNames { get; }

    /// <inheritdoc/>
    public string NameOf(int index) => _names[index];

    /// <inheritdoc/>
    public int? LabelOf(int index) => _labels?[index];

    /// <inheritdoc/>
    public PixelImage Read(int index) => ImageDecoder.Decode(BytesOf(index), NameOf(index), _limits);

    /// <inheritdoc/>
    public PixelImage Read(int index, DataOptions options) => ImageDecoder.Decode(BytesOf(index), NameOf(index), options, _limits);

    /// <inheritdoc/>
    public ImageSize Measure(int index) => ImageDecoder.Measure(BytesOf(index), NameOf(index), _limits);

    /// <inheritdoc/>
    public byte[]? ReadEncoded(int index) => BytesOf(index);

    /// <summary>Made of every image's name, length and checksum, which the archive's directory holds.</summary>
    public string Fingerprint()
    {
        using var hash = new SourceHash("zip");
        foreach (int index in _images)
        {
            ZipEntry image = _zip.Entries[index];
            hash.Add(image.Name);
            hash.Add(image.Bytes);
            hash.Add(image.Crc32);
        }
        return hash.Finish();
    }

    /// <summary>Closes the archive.</summary>
    public void Dispose() => _zip.Dispose();

    private byte[] BytesOf(int index) => _zip.Read(_zip.Entries[_images[index]], _limits.MaxBytes);

    private (IReadOnlyList<string> LabelNames, int[]? Labels) ReadLabels(string path) => _zip.Entries.Find("dataset.json") is { } json
        ? DatasetJson.Read(_zip.Read(json, DatasetJson.MaxBytes), path, _names)
        : ImageNames.ByFolder(_names);
}
