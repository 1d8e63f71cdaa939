using System.IO.Enumeration;
using Underpaint.Data.Images;
using Underpaint.Storage;

namespace Underpaint.Data.Sources;

/// <summary>
/// The images of a folder and its sub-folders, in the order of their relative paths (ordinal, so the same on every machine).
/// When every image lies in a sub-folder, the first folder of its path that not all share is its class. Hidden files and folders
/// are skipped, and so are runs of Underpaint; links to folders are not followed (links to files are).
/// </summary>
public sealed class FolderSource : IImageSource
{
    private readonly string _folder;
    private readonly DecodeLimits _limits;
    private readonly string[] _names;
    private readonly int[]? _labels;

    /// <summary>Lists the folder; images are opened one by one when they are read.</summary>
    /// <param name="folder">The folder's path.</param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <exception cref="UnderpaintException">The folder is missing, unreadable or holds no image.</exception>
    public FolderSource(string folder, DecodeLimits? limits = null)
    {
        _folder = Path.GetFullPath(folder);
        _limits = limits ?? DecodeLimits.Default;
        Description = $"folder {folder}";
        _names = Guard(_folder, () => Images(_folder).Order(StringComparer.Ordinal).ToArray());
        if (_names.Length == 0)
            throw new UnderpaintException($"The folder {folder} holds no images.",
                $"Put {ImageNames.Kinds} files into it, or name another folder.");
        (LabelNames, _labels) = ImageNames.ByFolder(_names);
    }

    /// <summary>Whether a folder or one of its sub-folders holds an image.</summary>
    /// <exception cref="UnderpaintException">It cannot be listed.</exception>
    internal static bool HoldsImages(string folder) => Guard(folder, () => Images(Path.GetFullPath(folder)).Any());

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public int Count => _names.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string> LabelNames { get; }

    /// <inheritdoc/>
    public string NameOf(int index) => _names[index];

    /// <inheritdoc/>
    public int? LabelOf(int index) => _labels?[index];

    /// <inheritdoc/>
    public PixelImage Read(int index) => ImageDecoder.Decode(BytesOf(index), PathOf(index), _limits);

    /// <inheritdoc/>
    public PixelImage Read(int index, DataOptions options) => ImageDecoder.Decode(BytesOf(index), PathOf(index), options, _limits);

    /// <inheritdoc/>
    public ImageSize Measure(int index) => ImageDecoder.Measure(BytesOf(index), PathOf(index), _limits);

    /// <inheritdoc/>
    public byte[]? ReadEncoded(int index) => BytesOf(index);

    /// <summary>Made of every name, the lengths of up to 4096 files, and the first and last 4 KiB of up to 64.</summary>
    public string Fingerprint()
    {
        using var hash = new SourceHash("folder");
        foreach (string name in _names)
            hash.Add(name);
        FileSample.Add(hash, [.. Enumerable.Range(0, Count).Select(PathOf)]);
        return hash.Finish();
    }

    /// <summary>Does nothing: no file stays open.</summary>
    public void Dispose()
    {
    }

    private string PathOf(int index) => Path.Combine(_folder, _names[index]);

    private byte[] BytesOf(int index)
    {
        try
        {
            return ImageFile.Read(PathOf(index), _limits);
        }
        catch (FileFormatException e) when (!Directory.Exists(_folder))
        {
            // A drive that is away for a moment takes all images with it, and brings them back.
            throw DiskError.Reading(_folder, e.InnerException ?? e);
        }
    }

    private static IEnumerable<string> Images(string folder)
    {
        // Not following links to folders is what keeps a loop of links from going on for ever.
        var all = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = false,
            AttributesToSkip = FileAttributes.Hidden,
        };
        var files = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), all)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && !IsRun(entry.ToFullPath()),
        };
        return files.Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')).Where(ImageNames.IsVisibleImage);
    }

    // Its pictures are made of the images that it trains on: lying among these, they would join them when it goes on.
    private static bool IsRun(string folder) => RunFolder.IsRun(folder) && Directory.Exists(RunFolder.Open(folder).CheckpointsFolder);

    private static T Guard<T>(string folder, Func<T> list)
    {
        try
        {
            return list();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnderpaintException($"The folder {folder} cannot be listed: {e.Message}",
                "Check that it exists and that you may read it and all folders in it.", e);
        }
    }
}
