using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

/// <summary>The steps of a save, by what they are for.</summary>
public enum SavePoint
{
    /// <summary>The store's folder, or a temporary one, is created.</summary>
    NewFolder,

    /// <summary>A file of the checkpoint is created or written, or flushed.</summary>
    TemporaryCreate, TemporaryWrite, TemporaryFlush,

    /// <summary>The manifest is created or written, or flushed.</summary>
    ManifestCreate, ManifestWrite, ManifestFlush,

    /// <summary>The names in the temporary folder are flushed.</summary>
    FolderFlush,

    /// <summary>The temporary folder becomes the checkpoint.</summary>
    FolderRename,

    /// <summary>The names of the checkpoints are flushed.</summary>
    StoreFlush,

    /// <summary>A checkpoint that is no longer kept is put away, and deleted.</summary>
    RetentionRename, RetentionDelete,

    /// <summary>Another file (the model, a picture, the metrics) is created or written, flushed, renamed; its folder is flushed.</summary>
    OtherCreate, OtherWrite, OtherFlush, OtherRename, OtherFolderFlush,
}

internal static class SavePoints
{
    private const string Temporary = ".tmp-";

    /// <summary>What a step of a disk is for.</summary>
    public static SavePoint Of(string step, string path)
    {
        bool isInside = Path.GetFileName(Path.GetDirectoryName(path))!.StartsWith(Temporary, StringComparison.Ordinal);
        bool isTemporary = Path.GetFileName(path).StartsWith(Temporary, StringComparison.Ordinal);
        bool isManifest = isInside && Path.GetFileName(path) == CheckpointManifest.FileName;
        return step switch
        {
            nameof(IFiles.CreateFolder) => SavePoint.NewFolder,
            nameof(IFiles.Create) => isManifest ? SavePoint.ManifestCreate : isInside ? SavePoint.TemporaryCreate : SavePoint.OtherCreate,
            nameof(Stream.Write) => isManifest ? SavePoint.ManifestWrite : isInside ? SavePoint.TemporaryWrite : SavePoint.OtherWrite,
            nameof(IFiles.Flush) => isManifest ? SavePoint.ManifestFlush : isInside ? SavePoint.TemporaryFlush : SavePoint.OtherFlush,
            nameof(IFiles.MoveFolder) => isTemporary ? SavePoint.FolderRename : SavePoint.RetentionRename,
            nameof(IFiles.DeleteFolder) => SavePoint.RetentionDelete,
            nameof(IFiles.SyncFolder) when isTemporary => SavePoint.FolderFlush,
            nameof(IFiles.SyncFolder) => Path.GetFileName(path) == "checkpoints" ? SavePoint.StoreFlush : SavePoint.OtherFolderFlush,
            nameof(IFiles.Open) => SavePoint.OtherCreate,
            _ => SavePoint.OtherRename,
        };
    }
}
