using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

/// <summary>A disk that fails for one file: whoever opens it while it is held gets an I/O error that says nothing about its content.</summary>
internal static class HeldFile
{
    /// <summary>Holds a file as soon as nobody else has it open, until what is returned is disposed.</summary>
    public static FileStream Hold(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (DiskError.IsInUse(e))
            {
                Thread.Sleep(1);
            }
        }
    }
}
