using Underpaint.Data.Images;
using Underpaint.Data.Labels;
using Underpaint.Storage.Parquet;

namespace Underpaint.Data.Sources;

/// <summary>
/// The images of parquet files as Hugging Face publishes them, in the files' own order: a column <c>image</c> with encoded
/// <c>bytes</c> and <c>path</c>, and a column <c>label</c> or another one of classes, by number or by name. A row without an image is
/// one that cannot be read. No file stays open.
/// </summary>
/// <remarks>
/// Pages that are compressed, as they usually are, are unpacked as a whole, 1 MiB to hundreds, for one image of them; up to 256 MiB of
/// unpacked pages are kept. Images that are read in order, and sets that fit, are unpacked once; of a larger set, images in random order
/// cost a page each.
/// </remarks>
public sealed class ParquetSource : IImageSource
{
    private const long KeptBytes = 256L << 20;
    private const int MostNameBytes = 1024;
    private readonly string[] _paths;
    private readonly DecodeLimits _limits;
    private readonly List<ParquetBytesColumn> _files = [];

    // The number of the row after each file's last one.
    private readonly List<int> _ends = [];
    private readonly PackedNames _names;
    private readonly SourceLabels _labels;
    private bool _hasNames = true;

    /// <summary>Reads names and classes, and finds where the images lie; they are read one by one later.</summary>
    /// <param name="paths">The files; at least one, with the same columns.</param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <exception cref="FileFormatException">One is damaged, or has no images.</exception>
    /// <exception cref="UnderpaintException">They hold no rows, or cannot be read.</exception>
    public ParquetSource(IReadOnlyList<string> paths, DecodeLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count, nameof(paths));
        (_paths, _limits) = ([.. paths], limits ?? DecodeLimits.Default);
        Description = ShardFiles.Describe("parquet", paths);
        _names = new PackedNames(paths[0]);
        var labels = new ClassLabels(paths[0]);
        var cache = new PageCache(KeptBytes);
        ParquetColumns? columns = null;
        foreach (string path in _paths)
            columns = Add(path, columns, labels, cache);
        if (Count == 0)
            throw new UnderpaintException($"{paths[0]} holds no images.", "Name a file with rows.");
        _labels = labels.Finish(columns!.LabelNames);
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public int Count => _ends.Count == 0 ? 0 : _ends[^1];

    /// <inheritdoc/>
    public IReadOnlyList<string> LabelNames => _labels.Names;

    /// <summary>The image's path as the files tell it; its number, where not every image has one of its own.</summary>
    public string NameOf(int index) => _hasNames && _names.AreDistinct ? _names[index] : $"{index:00000000}";

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

    /// <summary>
    /// Made of every image's name and class, where all pages lie and how long they are, the lengths of the files, and the first and last
    /// 4 KiB of up to 64 of them.
    /// </summary>
    public string Fingerprint()
    {
        using var hash = new SourceHash("parquet");
        for (int i = 0; i < Count; i++)
        {
            hash.Add(NameOf(i));
            hash.Add(LabelOf(i) ?? -1);
        }
        foreach (var (position, bytes) in _files.SelectMany(file => file.Pages))
        {
            hash.Add(position);
            hash.Add(bytes);
        }
        FileSample.Add(hash, _paths);
        return hash.Finish();
    }

    /// <summary>Does nothing: no file stays open.</summary>
    public void Dispose()
    {
    }

    private ParquetColumns Add(string path, ParquetColumns? before, ClassLabels labels, PageCache cache)
    {
        using ParquetFile file = ParquetFile.Open(path);
        ParquetColumns columns = ParquetColumns.Of(file);
        if (before is not null && (columns.Images.Path, columns.Labels?.Path) != (before.Images.Path, before.Labels?.Path))
            throw new FileFormatException(path, $"has other columns than {_paths[0]}", "Give only files of the same set.");
        if ((long)Count + file.GroupRows.Sum() > ShardFiles.MostImages)
            throw new FileFormatException(path, $"holds more than {ShardFiles.MostImages:N0} images, with those before", "Name fewer files.");
        ParquetBytesColumn images = file.Index(columns.Images, cache);
        for (int group = 0; group < file.GroupRows.Count; group++)
        {
            foreach (ClassLabel label in Labels(file, group, columns.Labels))
                labels.Add(label);
            AddNames(file, group, columns.Names);
        }
        _files.Add(images);
        _ends.Add(Count + images.Rows);
        return columns with { LabelNames = before?.LabelNames ?? columns.LabelNames };
    }

    private static IEnumerable<ClassLabel> Labels(ParquetFile file, int group, ParquetColumn? column)
    {
        if (column is null)
            return Enumerable.Repeat(ClassLabel.None, file.GroupRows[group]);
        return column.Type == (long)ParquetType.Bytes
            ? file.ReadOptionalTexts(group, column).Select(text => new ClassLabel(null, text))
            : file.ReadOptionalNumbers(group, column).Select(number => new ClassLabel(number, null));
    }

    private void AddNames(ParquetFile file, int group, ParquetColumn? column)
    {
        string?[] names = column is not null && _hasNames ? file.ReadOptionalTexts(group, column) : [];
        _hasNames &= column is not null && Array.TrueForAll(names, name => name is { Length: > 0 and <= MostNameBytes });
        foreach (string? name in _hasNames && _names.AreDistinct ? names : [])
            _names.Add(name!);
    }

    private byte[] BytesOf(int index)
    {
        int found = _ends.BinarySearch(index + 1), file = found >= 0 ? found : ~found;
        int row = index - (file == 0 ? 0 : _ends[file - 1]);
        return ShardFiles.ReadImage(NameOf(index), () => _files[file].Read(row, bytes => _limits.CheckBytes(NameOf(index), bytes))
            ?? throw new FileFormatException($"row {row} of {_paths[file]}", "has no image", "Leave the row out, or put the image's bytes into it."));
    }
}
