using Underpaint.Data.Images;
using Underpaint.Data.Labels;
using Underpaint.Storage;

namespace Underpaint.Data.Sources;

/// <summary>
/// The images of tar archives, such as the shards of a WebDataset, in the archives' own order. Classes come from the <c>.cls</c> or
/// <c>.json</c> file that goes with an image or, where there are none, from the first folder of the names that not all share, when every image lies in one.
/// Nothing is ever unpacked to disk, and no file stays open.
/// </summary>
public sealed class TarSource : IImageSource
{
    private const string Remedy = "Make or download the archive anew.";
    private const int EdgeBytes = 4096;
    private readonly string[] _paths;
    private readonly DecodeLimits _limits;
    private readonly PackedNames _names;
    private readonly List<Place> _images = [];
    private readonly SourceLabels _labels;

    /// <summary>Goes through the headers of all archives; images are read one by one later.</summary>
    /// <param name="paths">The archives; at least one.</param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <exception cref="FileFormatException">One is damaged or cut short, or what belongs together in it is not clear.</exception>
    /// <exception cref="UnderpaintException">They hold no image, or cannot be read.</exception>
    public TarSource(IReadOnlyList<string> paths, DecodeLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count, nameof(paths));
        (_paths, _limits) = ([.. paths], limits ?? DecodeLimits.Default);
        Description = ShardFiles.Describe("tar", paths);
        _names = new PackedNames(paths[0]);
        var labels = new ClassLabels(paths[0]);
        for (int shard = 0; shard < _paths.Length; shard++)
            Add(shard, labels);
        if (Count == 0)
            throw new UnderpaintException($"{paths[0]} holds no images.", "Name archives with jpg, jpeg, png or webp files.");
        _labels = labels.Finish(null);
        if (_labels.Labels is null)
            _labels = ByFolder();
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public int Count => _images.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> LabelNames => _labels.Names;

    /// <summary>The name in the archive; where two archives share one, with the archive's name before it.</summary>
    public string NameOf(int index) => _names.AreDistinct
        ? _names[index]
        : $"{Path.GetFileNameWithoutExtension(_paths[_images[index].Shard])}/{_names[index]}";

    /// <inheritdoc/>
    public int? LabelOf(int index) => _labels[index];

    /// <inheritdoc/>
    public PixelImage Read(int index) => ImageDecoder.Decode(BytesOf(index), NameOf(index), _limits);

    /// <inheritdoc/>
    public PixelImage Read(int index, DataOptions options) => ImageDecoder.Decode(BytesOf(index), NameOf(index), options, _limits);

    /// <inheritdoc/>
    public ImageSize Measure(int index) => ImageDecoder.Measure(BytesOf(index), NameOf(index), _limits);

    /// <inheritdoc/>
    public byte[]? ReadEncoded(int index) => BytesOf(index);

    /// <summary>Made of every image's name and length, and the first and last 4 KiB of up to 64.</summary>
    public string Fingerprint()
    {
        using var hash = new SourceHash("tar");
        for (int i = 0; i < Count; i++)
        {
            hash.Add(_names[i]);
            hash.Add(_images[i].Bytes);
        }
        foreach (int i in FileSample.Contents(Count))
        {
            Place image = _images[i];
            int edge = (int)Math.Min(EdgeBytes, image.Bytes);
            hash.Add(ReadPiece(image, 0, edge));
            hash.Add(ReadPiece(image, image.Bytes - edge, edge));
        }
        return hash.Finish();
    }

    /// <summary>Does nothing: no file stays open.</summary>
    public void Dispose()
    {
    }

    private void Add(int shard, ClassLabels labels)
    {
        using var file = new RandomFile(_paths[shard], Remedy);
        foreach (WebSample sample in new WebShard(_paths[shard], file).Samples())
        {
            if (Count == ShardFiles.MostImages)
                throw new FileFormatException(_paths[shard], $"holds more than {ShardFiles.MostImages:N0} images, with those before", "Name fewer shards.");
            _names.Add(sample.Image.Name);
            _images.Add(new(shard, sample.Image.Position, sample.Image.Bytes));
            labels.Add(sample.Label);
        }
    }

    private SourceLabels ByFolder()
    {
        var (names, labels) = ImageNames.ByFolder(_names);
        return new(names, labels);
    }

    private byte[] BytesOf(int index)
    {
        Place image = _images[index];
        _limits.CheckBytes(NameOf(index), image.Bytes);
        return ShardFiles.ReadImage(NameOf(index), () => ReadPiece(image, 0, (int)image.Bytes));
    }

    private byte[] ReadPiece(Place image, long start, int count)
    {
        using var file = new RandomFile(_paths[image.Shard], Remedy);
        var bytes = new byte[count];
        file.ReadAt(image.Position + start, bytes);
        return bytes;
    }

    private readonly record struct Place(int Shard, long Position, long Bytes);
}
