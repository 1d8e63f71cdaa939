using Underpaint.Storage.Lmdb;

namespace Underpaint.Data;

/// <summary>Opens images by what a path is.</summary>
public static class ImageSources
{
    internal const string BuiltIn = "ornaments";

    /// <summary>Opens several paths as one set of images, one after the other.</summary>
    /// <param name="paths">Each whatever <see cref="Open"/> takes; at least one.</param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <returns>The images; the caller disposes them.</returns>
    /// <exception cref="UnderpaintException">One of them has no images, or cannot be opened.</exception>
    public static IImageSource OpenAll(IEnumerable<string> paths, DecodeLimits? limits = null)
    {
        var opened = new List<IImageSource>();
        try
        {
            foreach (string path in paths)
                opened.Add(Open(path, limits));
            return opened.Count == 1 ? opened[0] : new JoinedSource(opened);
        }
        catch
        {
            opened.ForEach(source => source.Dispose());
            throw;
        }
    }

    /// <summary>Opens a folder, a zip archive, an IDX file, an LMDB database, a single image, or the built-in images.</summary>
    /// <param name="path">
    /// The folder's or file's path; or <c>ornaments</c>, <c>ornaments:COUNT</c>, <c>ornaments:COUNT,SIZE</c> or
    /// <c>ornaments:COUNT,SIZE,SEED</c> (defaults: 10 000 images of 64 × 64 pixels, seed 0). A folder of that name is opened
    /// by <c>./ornaments</c>.
    /// </param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <returns>The images; the caller disposes them.</returns>
    /// <exception cref="UnderpaintException">There is nothing at the path, or no images.</exception>
    /// <exception cref="FileFormatException">The file is damaged or of another format.</exception>
    public static IImageSource Open(string path, DecodeLimits? limits = null)
    {
        if (IsBuiltIn(path))
            return OpenOrnaments(path);
        if (Directory.Exists(path))
            return LmdbSource.IsFolder(path) ? new LmdbSource(path, limits) : new FolderSource(path, limits);
        if (!File.Exists(path))
            throw new UnderpaintException($"There are no images at {path}: no such file or folder.",
                "Give a folder of images, a zip archive, an IDX file, an LMDB database, or ornaments for the built-in images.");
        byte[] start = FirstBytes(path);
        if (Path.GetExtension(path).Equals(".zip", StringComparison.OrdinalIgnoreCase) || start.AsSpan().StartsWith("PK"u8))
            return new ZipSource(path, limits);
        if (LmdbMeta.IsLmdb(start) || LmdbSource.HasName(path))
            return new LmdbSource(path, limits);
        if (Path.GetFileName(path).Contains("idx", StringComparison.OrdinalIgnoreCase) || IdxFile.IsMagic(start))
            return new IdxSource(path, limits);
        if (ImageNames.IsImage(path))
            return new ImageFileSource(path, limits);
        throw new FileFormatException(path, "is neither a folder, nor a zip archive, nor an IDX file, nor an LMDB database, nor an image",
            $"Name a folder, an archive, or a {ImageNames.Kinds} file.");
    }

    /// <summary>The full path of images; the name itself for the built-in ones.</summary>
    /// <param name="path">Whatever <see cref="Open"/> takes.</param>
    public static string FullName(string path) => IsBuiltIn(path) ? path : Path.GetFullPath(path);

    /// <summary>Whether <see cref="Open"/> takes a text for the built-in images, whatever files there are.</summary>
    /// <param name="path">The text.</param>
    public static bool IsBuiltIn(string path) => path == BuiltIn || path.StartsWith(BuiltIn + ":", StringComparison.Ordinal);

    private static Ornaments OpenOrnaments(string path)
    {
        string[] numbers = path == BuiltIn ? [] : path[(BuiltIn.Length + 1)..].Split(',');
        int count = 10_000, size = 64;
        long seed = 0;
        bool isUnderstood = numbers.Length <= 3
            && (numbers.Length < 1 || int.TryParse(numbers[0], out count))
            && (numbers.Length < 2 || int.TryParse(numbers[1], out size))
            && (numbers.Length < 3 || long.TryParse(numbers[2], out seed));
        return isUnderstood
            ? new Ornaments(count, size, seed)
            : throw new UnderpaintException($"\"{path}\" does not say which built-in images are meant.",
                "Write ornaments, ornaments:COUNT, ornaments:COUNT,SIZE or ornaments:COUNT,SIZE,SEED in whole numbers.");
    }

    private static byte[] FirstBytes(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            var bytes = new byte[LmdbMeta.MarkBytes];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnderpaintException($"The file {path} cannot be read: {e.Message}",
                "Check the file and your rights to it.", e);
        }
    }
}
