namespace Underpaint.Storage;

/// <summary>
/// Every change that storage makes to a disk, one step each, and how much room it has. It is a seam: tests put a disk there
/// that fails, fills up or dies at any chosen step.
/// </summary>
internal interface IFiles
{
    /// <summary>Creates a file for writing; fails where one exists.</summary>
    Stream Create(string path);

    /// <summary>Opens a file for reading and writing that others may read meanwhile; creates it where it is missing.</summary>
    Stream Open(string path);

    /// <summary>Waits until everything written to a file is on the disk itself.</summary>
    void Flush(Stream file);

    /// <summary>Renames a file; replaces one that is there, in one step.</summary>
    void MoveFile(string from, string to);

    /// <summary>Deletes a file, if it is there.</summary>
    void DeleteFile(string path);

    /// <summary>Creates a folder and those above it, where they are missing.</summary>
    void CreateFolder(string path);

    /// <summary>Renames a folder; fails where one exists.</summary>
    void MoveFolder(string from, string to);

    /// <summary>Deletes a folder and everything in it.</summary>
    void DeleteFolder(string path);

    /// <summary>Waits until the names in a folder (new, renamed, deleted) are on the disk itself.</summary>
    void SyncFolder(string path);

    /// <summary>How many bytes the disk of an existing folder still takes; null where that cannot be told.</summary>
    long? FreeBytes(string folder);

    /// <summary>Creates a file, lets it be written, and waits until it is on the disk itself.</summary>
    sealed void WriteNew(string path, Action<Stream> write)
    {
        using Stream file = Create(path);
        // Writers like to close what they are given; the file must stay open until it is flushed.
        write(new TallyStream(file));
        Flush(file);
    }
}
