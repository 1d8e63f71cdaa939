using Underpaint.Data.Images;

namespace Underpaint.Data.Sources;

/// <summary>One image file as a source of one image.</summary>
public sealed class ImageFileSource : IImageSource
{
    private readonly string _path;
    private readonly DecodeLimits _limits;

    /// <summary>Names the file; it is opened when the image is read.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    public ImageFileSource(string path, DecodeLimits? limits = null) => (_path, _limits) = (path, limits ?? DecodeLimits.Default);

    /// <inheritdoc/>
    public string Description => $"image {_path}";

    /// <inheritdoc/>
    public int Count => 1;

    /// <summary>No classes.</summary>
    public IReadOnlyList<string> LabelNames => [];

    /// <summary>The file's name, without its folder.</summary>
    public string NameOf(int index) => Path.GetFileName(_path);

    /// <summary>No class.</summary>
    public int? LabelOf(int index) => null;

    /// <inheritdoc/>
    public PixelImage Read(int index) => ImageDecoder.Decode(ImageFile.Read(_path, _limits), _path, _limits);

    /// <inheritdoc/>
    public PixelImage Read(int index, DataOptions options) =>
        ImageDecoder.Decode(ImageFile.Read(_path, _limits), _path, options, _limits);

    /// <inheritdoc/>
    public ImageSize Measure(int index) => ImageDecoder.Measure(ImageFile.Read(_path, _limits), _path, _limits);

    /// <inheritdoc/>
    public byte[]? ReadEncoded(int index) => ImageFile.Read(_path, _limits);

    /// <summary>Made of the file's name and length, and its first and last 4 KiB.</summary>
    public string Fingerprint()
    {
        using var hash = new SourceHash("image");
        hash.Add(NameOf(0));
        FileSample.Add(hash, [_path]);
        return hash.Finish();
    }

    /// <summary>Does nothing: no file stays open.</summary>
    public void Dispose()
    {
    }
}
