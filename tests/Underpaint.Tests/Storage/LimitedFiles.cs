using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

/// <summary>The real disk, except for how full it says it is.</summary>
internal sealed class LimitedFiles(long? free) : IFiles
{
    public long? Free { get; set; } = free;

    /// <summary>A folder that takes all the room while it is there.</summary>
    public string? Filling { get; init; }

    public long? FreeBytes(string folder) => Directory.Exists(Filling) ? 0 : Free;

    public Stream Create(string path) => Disk.Instance.Create(path);

    public Stream Open(string path) => Disk.Instance.Open(path);

    public void Flush(Stream file) => Disk.Instance.Flush(file);

    public void MoveFile(string from, string to) => Disk.Instance.MoveFile(from, to);

    public void DeleteFile(string path) => Disk.Instance.DeleteFile(path);

    public void CreateFolder(string path) => Disk.Instance.CreateFolder(path);

    public void MoveFolder(string from, string to) => Disk.Instance.MoveFolder(from, to);

    public void DeleteFolder(string path) => Disk.Instance.DeleteFolder(path);

    public void SyncFolder(string path) => Disk.Instance.SyncFolder(path);
}
