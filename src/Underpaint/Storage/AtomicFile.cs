using System.Text;

namespace Underpaint.Storage;

/// <summary>
/// Writes files whole or not at all: to a temporary name in the same folder, flushed to the disk, renamed into place, and
/// the folder flushed. Whoever reads the path meets the old content or the new, even after a power cut.
/// (On Windows folders cannot be flushed; the rename itself is still whole.)
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file; one that is there is replaced only once the new one is complete and on the disk.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="write">Writes the content to the stream, which can only be written, not read or moved in.</param>
    /// <exception cref="UnderpaintException">The disk is full, the folder cannot be written …; what was at
    /// <paramref name="path"/> is untouched.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, Disk.Instance);

    /// <summary>Writes a text file in UTF-8, without a byte order mark.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="text">The whole content.</param>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    internal static void Write(string path, Action<Stream> write, IFiles files)
    {
        path = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(path) ?? path;
        string temporary = Path.Combine(folder, $"{PrefixOf(path)}{Path.GetRandomFileName()}.tmp");
        try
        {
            files.WriteNew(temporary, write);
            files.MoveFile(temporary, path);
            files.SyncFolder(folder);
        }
        catch (Exception e)
        {
            RemoveQuietly(temporary, files);
            if (DiskError.Is(e))
                throw DiskError.Writing(path, e);
            throw;
        }
    }

    /// <summary>Whether a file is one that is being written, or was when its process was killed.</summary>
    internal static bool IsTemporary(string path) =>
        Path.GetFileName(path) is ['.', .., '.', 't', 'm', 'p'];

    /// <summary>Deletes the temporary files that killed processes left in a folder; those being written stay.</summary>
    internal static void RemoveLeftovers(string folder) => Remove(Directory.EnumerateFiles(folder, ".*.tmp"));

    /// <summary>Deletes those that they left of one file; its folder may be anybody's, and may be missing.</summary>
    internal static void RemoveLeftoversOf(string path)
    {
        path = Path.GetFullPath(path);
        if (Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder))
            Remove(Directory.EnumerateFiles(folder, ".*.tmp", new EnumerationOptions { AttributesToSkip = 0 })
                .Where(file => Path.GetFileName(file).StartsWith(PrefixOf(path), StringComparison.Ordinal)));
    }

    private static void Remove(IEnumerable<string> temporaries)
    {
        foreach (string temporary in temporaries)
        {
            try
            {
                // Whoever still writes it holds it alone, so this fails then.
                new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                File.Delete(temporary);
            }
            catch (Exception e) when (DiskError.Is(e))
            {
                // A leftover does no harm but take space; the next run tries again.
            }
        }
    }

    private static string PrefixOf(string path) => $".{Path.GetFileName(path)}.";

    private static void RemoveQuietly(string temporary, IFiles files)
    {
        try
        {
            files.DeleteFile(temporary);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            // The failure that led here is the one to report.
        }
    }
}
