using System.Security.Cryptography;

namespace Underpaint.Storage;

/// <summary>
/// The checkpoints of a run, one folder each, named by images seen (<c>000400000</c>). A checkpoint appears whole or not at
/// all, older ones are never put at risk by saving a new one, and only what verifies is ever handed out.
/// </summary>
/// <remarks>One process saves at a time (<see cref="RunLock"/>); any number may search and read.</remarks>
public sealed class CheckpointStore
{
    private readonly string _folder;
    private readonly int _keep;
    private readonly IFiles _files;

    /// <summary>Uses a folder; it is created when the first checkpoint is saved.</summary>
    /// <param name="folder">The folder of the checkpoints.</param>
    /// <param name="keep">How many checkpoints are kept when a new one is saved; at least 2.</param>
    public CheckpointStore(string folder, int keep)
        : this(folder, keep, Disk.Instance)
    {
    }

    internal CheckpointStore(string folder, int keep, IFiles files)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 2);
        (_folder, _keep, _files) = (folder, keep, files);
    }

    /// <summary>
    /// Saves a checkpoint, and then removes the oldest ones beyond those to be kept. One that exists at the same position is
    /// replaced. Returning means that the checkpoint is on the disk.
    /// </summary>
    /// <param name="imagesSeen">The run's position.</param>
    /// <param name="parts">The checkpoint's files.</param>
    /// <returns>Null, or a sentence for the user where the checkpoint was saved but old ones could not be removed.</returns>
    /// <exception cref="UnderpaintException">Nothing was saved; the older checkpoints are as they were.</exception>
    public string? Save(long imagesSeen, IReadOnlyList<CheckpointPart> parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(imagesSeen);
        CheckNames(parts);
        string temporary = CheckpointFolder.TemporaryPath(_folder);
        try
        {
            // Make room: what a killed process left behind.
            CreateStore();
            RemoveLeftovers();
            // Write the files, and last the manifest that vouches for them.
            _files.CreateFolder(temporary);
            CheckpointFile[] files = [.. parts.Select(part => WritePart(temporary, part))];
            _files.WriteNew(Path.Combine(temporary, CheckpointManifest.FileName), CheckpointManifest.Of(imagesSeen, files).Write);
            _files.SyncFolder(temporary);
            // Put the whole into place.
            Place(temporary, CheckpointFolder.PathOf(_folder, imagesSeen));
            _files.SyncFolder(_folder);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            RemoveQuietly(temporary);
            throw new UnderpaintException(
                $"The checkpoint at {imagesSeen} images could not be saved in {_folder} ({DiskError.Reason(e)}).",
                $"{DiskError.Remedy(e)} The older checkpoints are untouched.", e);
        }
        catch
        {
            RemoveQuietly(temporary);
            throw;
        }
        return RemoveOldest(imagesSeen);
    }

    /// <summary>Finds the newest checkpoint that can be trusted: every file has its length and SHA-256.</summary>
    /// <exception cref="UnderpaintException">The folder itself cannot be read.</exception>
    public CheckpointSearch FindNewest()
    {
        var rejected = new List<RejectedCheckpoint>();
        foreach (CheckpointFolder folder in Folders())
        {
            try
            {
                return new CheckpointSearch(Checkpoint.Open(folder).Verify(), rejected);
            }
            catch (UnderpaintException e)
            {
                rejected.Add(new RejectedCheckpoint(folder.Path, e.What));
            }
        }
        return new CheckpointSearch(null, rejected);
    }

    /// <summary>Removes what saves left behind that were killed or failed; what cannot be removed now is left for the next time.</summary>
    internal void RemoveLeftovers()
    {
        try
        {
            foreach (string leftover in CheckpointFolder.Leftovers(_folder))
                RemoveQuietly(leftover);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            // Whoever needs what is in the folder will say that it cannot be read.
        }
    }

    private static void CheckNames(IReadOnlyList<CheckpointPart> parts)
    {
        if (parts.FirstOrDefault(part => !CheckpointManifest.IsPlain(part.Name)) is { } bad)
            throw new ArgumentException($"'{bad.Name}' cannot be the name of a checkpoint's file.", nameof(parts));
        if (parts.DistinctBy(part => part.Name, StringComparer.OrdinalIgnoreCase).Count() != parts.Count)
            throw new ArgumentException("Two files of the checkpoint have the same name.", nameof(parts));
    }

    // What lies in a folder is lost with the folder's own name.
    private void CreateStore()
    {
        if (Directory.Exists(_folder))
            return;
        _files.CreateFolder(_folder);
        _files.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(_folder)) ?? _folder);
    }

    private CheckpointFile WritePart(string folder, CheckpointPart part)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        _files.WriteNew(Path.Combine(folder, part.Name), file =>
        {
            var tally = new TallyStream(file, hash);
            part.Write(tally);
            length = tally.Length;
        });
        return new CheckpointFile(part.Name, length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // A folder cannot be replaced in one step. The one to be replaced is first moved aside to a name that a search still
    // finds, should the process die between the two steps.
    private void Place(string temporary, string folder)
    {
        string replaced = CheckpointFolder.ReplacedPathOf(folder);
        if (Directory.Exists(folder))
        {
            if (Directory.Exists(replaced))
                Remove(replaced);
            _files.MoveFolder(folder, replaced);
        }
        _files.MoveFolder(temporary, folder);
    }

    private string? RemoveOldest(long imagesSeen)
    {
        try
        {
            foreach (CheckpointFolder folder in Oldest(imagesSeen))
                Remove(folder.Path);
            return null;
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            return $"Old checkpoints in {_folder} could not be removed ({DiskError.Reason(e)}).";
        }
    }

    // What comes before those to be kept, and what has just been replaced. Positions past the one just saved do not count:
    // the run went back before them because they could not be trusted.
    private IEnumerable<CheckpointFolder> Oldest(long imagesSeen)
    {
        CheckpointFolder[] past = [.. CheckpointFolder.List(_folder).Where(folder => folder.ImagesSeen <= imagesSeen)];
        long[] kept = [.. past.Where(folder => folder.LooksWhole()).Select(folder => folder.ImagesSeen).Distinct().Take(_keep)];
        return past.Where(folder => (kept.Length == _keep && folder.ImagesSeen < kept[^1])
            || (folder.IsReplaced && folder.ImagesSeen == imagesSeen));
    }

    // Renamed first, so that no half-deleted folder is ever taken for a checkpoint.
    private void Remove(string folder)
    {
        string temporary = CheckpointFolder.TemporaryPath(_folder);
        _files.MoveFolder(folder, temporary);
        _files.DeleteFolder(temporary);
    }

    private void RemoveQuietly(string temporary)
    {
        try
        {
            if (Directory.Exists(temporary))
                _files.DeleteFolder(temporary);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            // No search looks into temporary folders, and the next save tries again.
        }
    }

    private IReadOnlyList<CheckpointFolder> Folders()
    {
        try
        {
            return CheckpointFolder.List(_folder);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(_folder, e);
        }
    }
}
