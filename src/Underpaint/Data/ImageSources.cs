namespace Underpaint.Data;

/// <summary>Opens images by what a path is.</summary>
public static class ImageSources
{
    /// <summary>Opens a folder, a zip archive or an IDX file.</summary>
    /// <param name="path">The folder's or file's path.</param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <returns>The images; the caller disposes them.</returns>
    /// <exception cref="UnderpaintException">There is nothing at the path, or no images.</exception>
    /// <exception cref="FileFormatException">The file is damaged or of another format.</exception>
    public static IImageSource Open(string path, DecodeLimits? limits = null)
    {
        if (Directory.Exists(path))
            return new FolderSource(path, limits);
        if (!File.Exists(path))
            throw new UnderpaintException($"There are no images at {path}: no such file or folder.",
                "Give a folder of images, a zip archive or an IDX file.");
        byte[] start = FirstBytes(path);
        if (Path.GetExtension(path).Equals(".zip", StringComparison.OrdinalIgnoreCase) || start.AsSpan().StartsWith("PK"u8))
            return new ZipSource(path, limits);
        if (Path.GetFileName(path).Contains("idx", StringComparison.OrdinalIgnoreCase) || IdxFile.IsMagic(start))
            return new IdxSource(path, limits);
        throw new FileFormatException(path, "is neither a folder, nor a zip archive, nor an IDX file",
            "Put single images into a folder, and name the folder.");
    }

    private static byte[] FirstBytes(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            var bytes = new byte[4];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnderpaintException($"The file {path} cannot be read: {e.Message}",
                "Check the file and your rights to it.", e);
        }
    }
}
