using Microsoft.Win32.SafeHandles;

namespace Underpaint.Storage;

/// <summary>A file that is read in pieces, from any place and by several threads at once.</summary>
internal sealed class RandomFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly string _path, _remedy;

    /// <summary>Opens a file; whoever opens it disposes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remedy">What to do where it is not what it should be.</param>
    /// <exception cref="FileFormatException">It is a folder, a pipe or a device.</exception>
    /// <exception cref="UnderpaintException">It is missing or cannot be read.</exception>
    public RandomFile(string path, string remedy)
    {
        (_path, _remedy) = (path, remedy);
        _handle = OpenHandle();
        try
        {
            Length = RandomAccess.GetLength(_handle);
        }
        catch (NotSupportedException e)
        {
            _handle.Dispose();
            throw Broken("is a pipe or a device, no file", e);
        }
    }

    /// <summary>Its length in bytes when it was opened.</summary>
    public long Length { get; }

    /// <summary>Fills a piece of memory.</summary>
    /// <param name="offset">Where in the file to begin.</param>
    /// <param name="destination">Where to.</param>
    /// <exception cref="FileFormatException">The file ends before.</exception>
    /// <exception cref="UnderpaintException">It cannot be read.</exception>
    public void ReadAt(long offset, Span<byte> destination)
    {
        try
        {
            while (!destination.IsEmpty)
            {
                int read = RandomAccess.Read(_handle, destination, offset);
                if (read == 0)
                    throw Broken("is cut short: it was changed while it was read");
                destination = destination[read..];
                offset += read;
            }
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(_path, e);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private SafeFileHandle OpenHandle()
    {
        try
        {
            return File.OpenHandle(_path, share: FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw Directory.Exists(_path) ? Broken("is a folder", e) : DiskError.Reading(_path, e);
        }
    }

    private FileFormatException Broken(string problem, Exception? inner = null) => new(_path, problem, _remedy, inner);
}
