using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Underpaint.Storage;

/// <summary>The real disk.</summary>
internal sealed partial class Disk : IFiles
{
    /// <summary>The one instance; it has no state.</summary>
    public static readonly Disk Instance = new();

    private Disk()
    {
    }

    public Stream Create(string path) => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);

    public Stream Open(string path) =>
        new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public void Flush(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    public void MoveFile(string from, string to) => File.Move(from, to, overwrite: true);

    public void DeleteFile(string path) => File.Delete(path);

    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    public void MoveFolder(string from, string to) => Directory.Move(from, to);

    public void DeleteFolder(string path) => Directory.Delete(path, recursive: true);

    // Windows cannot flush a folder; there, NTFS keeps renames safe in its journal.
    public void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        // .NET refuses to open folders, though it can flush one that is open.
        using var folder = new SafeFileHandle(Open(path, flags: 0), ownsHandle: true);
        if (folder.IsInvalid)
            throw new IOException($"{Marshal.GetLastPInvokeErrorMessage()} : '{path}'", Marshal.GetLastPInvokeError());
        RandomAccess.FlushToDisk(folder);
    }

    public long? FreeBytes(string folder)
    {
        try
        {
            string full = Path.GetFullPath(folder);
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(full)! : full).AvailableFreeSpace;
        }
        catch (Exception e) when (DiskError.Is(e) || e is ArgumentException)
        {
            // Some network drives do not say; then only writing shows.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
