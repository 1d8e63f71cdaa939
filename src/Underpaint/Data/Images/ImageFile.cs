using Underpaint.Storage;

namespace Underpaint.Data.Images;

/// <summary>One encoded image in a file of its own.</summary>
internal static class ImageFile
{
    /// <summary>Whether there is nothing to read. Pipes and sockets have no length either; opening a pipe would wait for whoever writes to it.</summary>
    /// <param name="path">A file that exists, or a link to one.</param>
    public static bool IsEmpty(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)) is FileInfo { Exists: true, Length: 0 };
        }
        catch (IOException)
        {
            // A link that leads nowhere; opening it says why.
            return false;
        }
    }

    /// <summary>Reads the file.</summary>
    /// <param name="path">Where it is; also what messages call it.</param>
    /// <param name="limits">What is refused.</param>
    /// <exception cref="FileFormatException">It is missing, too long, cut short, or may not be read; others may be fine.</exception>
    /// <exception cref="UnderpaintException">The disk fails.</exception>
    public static byte[] Read(string path, DecodeLimits limits)
    {
        try
        {
            if (IsEmpty(path))
                throw new FileFormatException(path, "is empty, or is no file but something like a pipe", "Delete it, or put the image there.");
            using FileStream stream = File.OpenRead(path);
            limits.CheckBytes(path, stream.Length);
            var encoded = new byte[stream.Length];
            stream.ReadExactly(encoded);
            return encoded;
        }
        catch (Exception e) when (DiskError.IsOfOneFile(e) || e is EndOfStreamException or NotSupportedException)
        {
            throw new FileFormatException(path, $"cannot be read: {e.Message.TrimEnd('.')}",
                "Check the file and your rights to it.", e);
        }
        catch (IOException e)
        {
            throw DiskError.Reading(path, e);
        }
    }
}
