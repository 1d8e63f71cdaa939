using Underpaint.Storage;

namespace Underpaint.Data.Images;

/// <summary>One encoded image in a file of its own.</summary>
internal static class ImageFile
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">Where it is; also what messages call it.</param>
    /// <param name="limits">What is refused.</param>
    /// <exception cref="FileFormatException">It is missing, too long, cut short, or may not be read; others may be fine.</exception>
    /// <exception cref="UnderpaintException">The disk fails.</exception>
    public static byte[] Read(string path, DecodeLimits limits)
    {
        try
        {
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
