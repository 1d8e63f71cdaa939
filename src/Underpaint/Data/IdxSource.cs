namespace Underpaint.Data;

/// <summary>
/// The images of an IDX file (the format of MNIST), plain or gzipped: count × height × width, or with a fourth dimension of
/// 1 or 3 channels. Labels come from the file beside it that has <c>labels</c> and <c>idx1</c> in its name where this one has
/// <c>images</c> and <c>idx3</c>.
/// All images are held in memory.
/// </summary>
public sealed class IdxSource : IImageSource
{
    private readonly IdxFile _images;
    private readonly byte[]? _labels;

    /// <summary>Reads the images, and the labels where there are any.</summary>
    /// <param name="path">The images' file.</param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <exception cref="FileFormatException">A file is truncated, of another format or beyond the limits, or the labels do not fit.</exception>
    public IdxSource(string path, DecodeLimits? limits = null)
    {
        Description = $"IDX {path}";
        _images = IdxFile.Read(path);
        int[] sizes = _images.Dimensions;
        if (sizes.Length is not (3 or 4) || (sizes.Length == 4 && sizes[3] is not (1 or 3)))
            throw new FileFormatException(path, $"holds {string.Join(" × ", sizes)} values, which are not images",
                "Name the file of the images: count × height × width, with 1 or 3 channels last if there is a fourth dimension.");
        (limits ?? DecodeLimits.Default).CheckSize(path, sizes[2], sizes[1], (long)sizes[2] * sizes[1]);
        if (LabelFileOf(path) is { } labelFile)
            _labels = ReadLabels(labelFile, Count);
        LabelNames = _labels is null ? [] : [.. Enumerable.Range(0, _labels.Max() + 1).Select(label => label.ToString())];
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public int Count => _images.Dimensions[0];

    /// <inheritdoc/>
    public IReadOnlyList<string> LabelNames { get; }

    /// <inheritdoc/>
    public string NameOf(int index) => $"{index}";

    /// <inheritdoc/>
    public int? LabelOf(int index) => _labels?[index];

    /// <inheritdoc/>
    public PixelImage Read(int index)
    {
        int[] sizes = _images.Dimensions;
        int length = _images.Values.Length / Count;
        byte[] pixels = _images.Values.AsSpan(index * length, length).ToArray();
        return new PixelImage(sizes[2], sizes[1], sizes.Length == 4 ? sizes[3] : 1, pixels);
    }

    /// <summary>Made of all values of all images.</summary>
    public string Fingerprint()
    {
        using var hash = new SourceHash("IDX");
        foreach (int size in _images.Dimensions)
            hash.Add(size);
        hash.Add(_images.Values);
        return hash.Finish();
    }

    /// <summary>Does nothing: no file stays open.</summary>
    public void Dispose()
    {
    }

    private static byte[] ReadLabels(string path, int images)
    {
        IdxFile labels = IdxFile.Read(path);
        return labels.Dimensions is [int count] && count == images
            ? labels.Values
            : throw new FileFormatException(path,
                $"holds {string.Join(" × ", labels.Dimensions)} values, but there are {images} images",
                "Put the labels of these images there, or move the file away to go without labels.");
    }

    private static string? LabelFileOf(string path)
    {
        string name = Path.GetFileName(path);
        string labels = name.Replace("idx3", "idx1").Replace("idx4", "idx1").Replace("images", "labels");
        string plain = labels.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? labels[..^3] : labels;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string[] candidates = labels == name ? [] : [labels, plain, plain + ".gz"];
        return candidates.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}
