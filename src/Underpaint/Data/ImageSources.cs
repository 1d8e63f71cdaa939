using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Storage.Lmdb;

namespace Underpaint.Data;

/// <summary>Opens images by what a path is.</summary>
public static class ImageSources
{
    internal const string BuiltIn = "ornaments";

    private const string Lmdb = ".mdb";

    // Where a tar archive since 1988 says that it is one.
    private const int TarMarkStart = 257;

    /// <summary>
    /// Opens several paths as one set of images, one after the other. Classes are kept where all are shards of one kind, parquet files or
    /// tar archives.
    /// </summary>
    /// <param name="paths">Each whatever <see cref="Open"/> takes; at least one.</param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <returns>The images; the caller disposes them.</returns>
    /// <exception cref="UnderpaintException">One of them has no images, or cannot be opened.</exception>
    public static IImageSource OpenAll(IEnumerable<string> paths, DecodeLimits? limits = null)
    {
        string[] all = [.. paths];
        if (all.Length > 1 && Array.TrueForAll(all, File.Exists) && KindOf(all[0]) is ShardFiles.Parquet or ShardFiles.Tar
            && Array.TrueForAll(all, path => KindOf(path) == KindOf(all[0])))
            return OpenShards(all, limits);
        var opened = new List<IImageSource>();
        try
        {
            foreach (string path in all)
                opened.Add(Open(path, limits));
            return opened.Count == 1 ? opened[0] : new JoinedSource(opened);
        }
        catch
        {
            opened.ForEach(source => source.Dispose());
            throw;
        }
    }

    /// <summary>
    /// Opens a folder, a zip archive, an LMDB database, parquet files, tar archives, an IDX file, a single image, or
    /// the built-in images.
    /// </summary>
    /// <param name="path">
    /// The folder's or file's path; of several parquet files or tar archives the folder that they are in, or what their names begin
    /// with (<c>data/train</c> for <c>data/train-00000-of-00005.parquet</c> and so on); or <c>ornaments</c>, <c>ornaments:COUNT</c>, <c>ornaments:COUNT,SIZE</c> or
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
            return LmdbSource.IsFolder(path) ? new LmdbSource(path, limits) : OpenFolder(path, limits);
        if (!File.Exists(path))
        {
            return ShardFiles.BeginningWith(path) is { Count: > 0 } shards
                ? OpenShards(shards, limits)
                : throw new UnderpaintException($"There are no images at {path}: no such file or folder.",
                    "Give a folder of images, a zip archive, an LMDB database, parquet files, tar archives, an IDX file, or ornaments for the built-in images.");
        }
        return KindOf(path) switch
        {
            ".zip" => new ZipSource(path, limits),
            ShardFiles.Parquet or ShardFiles.Tar => OpenShards([path], limits),
            Lmdb => new LmdbSource(path, limits),
            ".idx" => new IdxSource(path, limits),
            ".tgz" => throw new FileFormatException(path, "is a compressed archive, in which images cannot be found one by one",
                "Unpack it with gunzip, and give the .tar file."),
            _ when ImageNames.IsImage(path) => new ImageFileSource(path, limits),
            _ => throw new FileFormatException(path, "is neither a folder, nor a zip or tar archive, nor an LMDB database, nor a parquet or IDX file, nor an image",
                $"Name a folder, an archive, a parquet file, or a {ImageNames.Kinds} file."),
        };
    }

    /// <summary>The full path of images, without a separator at its end: the same for all ways of naming a folder. The name itself for the built-in ones.</summary>
    /// <param name="path">Whatever <see cref="Open"/> takes.</param>
    public static string FullName(string path) => IsBuiltIn(path) ? path : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

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

    // A folder of images may hold codes in a parquet file or an archive as well.
    private static IImageSource OpenFolder(string path, DecodeLimits? limits) =>
        !FolderSource.HoldsImages(path) && ShardFiles.In(path) is { Count: > 0 } shards ? OpenShards(shards, limits) : new FolderSource(path, limits);

    private static IImageSource OpenShards(IReadOnlyList<string> paths, DecodeLimits? limits) =>
        KindOf(paths[0]) == ShardFiles.Parquet ? new ParquetSource(paths, limits) : new TarSource(paths, limits);

    // What a file is, as an ending: by its name, or else by its first bytes.
    private static string KindOf(string path)
    {
        string name = Path.GetFileName(path).ToLowerInvariant(), ending = Path.GetExtension(name);
        if (ending == ".tgz" || name.EndsWith(".tar.gz", StringComparison.Ordinal))
            return ".tgz";
        if (ending is ".zip" or ShardFiles.Parquet or ShardFiles.Tar)
            return ending;
        ReadOnlySpan<byte> start = FirstBytes(path);
        if (start.StartsWith("PK"u8))
            return ".zip";
        if (LmdbMeta.IsLmdb(start) || LmdbSource.HasName(path))
            return Lmdb;
        if (start.StartsWith("PAR1"u8))
            return ShardFiles.Parquet;
        if (name.Contains("idx", StringComparison.Ordinal) || IdxFile.IsMagic(start[..Math.Min(4, start.Length)]))
            return ".idx";
        return start.Length > TarMarkStart && start[TarMarkStart..].StartsWith("ustar"u8) ? ShardFiles.Tar : ending;
    }

    private static byte[] FirstBytes(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            var bytes = new byte[TarMarkStart + 5];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnderpaintException($"The file {path} cannot be read: {e.Message}",
                "Check the file and your rights to it.", e);
        }
    }
}
