using Underpaint.Data.Images;

namespace Underpaint.Data.Sources;

/// <summary>
/// The images of an IDX file (the format of MNIST), plain or gzipped: count × height × width, or with a fourth dimension of
/// 1 or 3 channels. Labels come from the file beside it that has <c>labels</c> and <c>idx1</c> in its name where this one has
/// <c>images</c> and <c>idx3</c>.
/// Images are read from a plain file one by one; those of a gzipped one are held in memory.
/// </summary>
public sealed class IdxSource : IImageSource
{
    private const int MaxImages = 100_000_000;

    // What the fingerprint is made of at a time.
    private const int BlockBytes = 1 << 20;

    private readonly IdxFile _images;
    private readonly byte[]? _labels;

    /// <summary>Opens the images, and reads the labels where there are any.</summary>
    /// <param name="path">The images' file.</param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <exception cref="FileFormatException">A file is truncated, of another format or beyond the limits, or the labels do not fit.</exception>
    public IdxSource(string path, DecodeLimits? limits = null)
    {
        Description = $"IDX {path}";
        _images = IdxFile.Open(path);
        try
        {
            CheckSizes(path, limits ?? DecodeLimits.Default);
            if (LabelFileOf(path) is { } labelFile)
                _labels = ReadLabels(labelFile, Count);
            LabelNames = _labels is null ? [] : [.. Enumerable.Range(0, _labels.Max() + 1).Select(label => label.ToString())];
        }
        catch
        {
            Dispose();
            throw;
        }
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
        int channels = sizes.Length == 4 ? sizes[3] : 1;
        var pixels = new byte[sizes[2] * sizes[1] * channels];
        _images.Read((long)index * pixels.Length, pixels);
        return new PixelImage(sizes[2], sizes[1], channels, pixels);
    }

    /// <summary>Made of all values of all images.</summary>
    public string Fingerprint()
    {
        using var hash = new SourceHash("IDX");
        foreach (int size in _images.Dimensions)
            hash.Add(size);
        long values = _images.Dimensions.Aggregate(1L, (product, size) => product * size);
        hash.Add(values);
        var block = new byte[Math.Min(BlockBytes, values)];
        for (long at = 0; at < values; at += block.Length)
        {
            Span<byte> some = block.AsSpan(0, (int)Math.Min(block.Length, values - at));
            _images.Read(at, some);
            hash.Append(some);
        }
        return hash.Finish();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _images.Dispose();

    private void CheckSizes(string path, DecodeLimits limits)
    {
        int[] sizes = _images.Dimensions;
        if (sizes.Length is not (3 or 4) || (sizes.Length == 4 && sizes[3] is not (1 or 3)))
            throw new FileFormatException(path, $"holds {string.Join(" × ", sizes)} values, which are not images",
                "Name the file of the images: count × height × width, with 1 or 3 channels last if there is a fourth dimension.");
        if (Count > MaxImages)
            throw new FileFormatException(path, $"holds {Count:N0} images, more than the limit of {MaxImages:N0}", "Divide it into several files.");
        limits.CheckSize(path, sizes[2], sizes[1], (long)sizes[2] * sizes[1]);
    }

    private static byte[] ReadLabels(string path, int images)
    {
        using IdxFile file = IdxFile.Open(path);
        if (file.Dimensions is not [int count] || count != images)
            throw new FileFormatException(path, $"holds {string.Join(" × ", file.Dimensions)} values, but there are {images} images",
                "Put the labels of these images there, or move the file away to go without labels.");
        var labels = new byte[images];
        file.Read(0, labels);
        return labels;
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
