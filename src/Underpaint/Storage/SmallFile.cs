namespace Underpaint.Storage;

/// <summary>Files that are read whole because they are small; of one that is not, hardly anything is read.</summary>
internal static class SmallFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file. A device or a pipe will do: its length need not be known.</param>
    /// <param name="maxBytes">The most bytes that it can rightly have.</param>
    /// <returns>Its bytes; null where there are more.</returns>
    /// <exception cref="UnderpaintException">It cannot be read.</exception>
    public static byte[]? Read(string path, int maxBytes)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            // A file tells its length, so that its bytes need not be moved as they become more; a pipe does not.
            using var bytes = new MemoryStream(file.CanSeek ? (int)Math.Min(file.Length, maxBytes) : 0);
            var block = new byte[1 << 12];
            for (int read = file.Read(block); read > 0; read = file.Read(block))
            {
                bytes.Write(block, 0, read);
                if (bytes.Length > maxBytes)
                    return null;
            }
            return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(path, e);
        }
    }
}
