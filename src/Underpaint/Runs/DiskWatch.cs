using Underpaint.Storage;

namespace Underpaint.Runs;

/// <summary>Knows before a save whether the disk will hold it, and says so when that changes: long before, not just then.</summary>
/// <param name="folder">A folder of the disk.</param>
/// <param name="space">What saves take.</param>
/// <param name="files">The disk.</param>
/// <param name="makeRoom">Removes what failed saves left behind, so that it is not in the way of the next one. Default: nothing.</param>
internal sealed class DiskWatch(string folder, RunSpace space, IFiles files, Action? makeRoom = null)
{
    private bool _wasShort;

    /// <summary>Whether the next save fits; also where the disk does not tell.</summary>
    public bool HoldsNextSave => Holds(space.NextSaveBytes);

    /// <summary>Whether so many bytes fit; also where the disk does not tell.</summary>
    public bool Holds(long bytes)
    {
        makeRoom?.Invoke();
        return files.FreeBytes(folder) is not { } free || free >= bytes;
    }

    /// <summary>What to tell before the first step; null where there is room for the whole run.</summary>
    /// <param name="present">Bytes that the run's saves take already.</param>
    public string? AtStart(long present)
    {
        if (TellChange() is { } shortage)
            return shortage;
        long more = Math.Max(space.NextSaveBytes, space.MostBytes - present);
        return files.FreeBytes(folder) is { } free && free < more
            ? $"The checkpoints of this run will take up to {Text(more)} more, and the disk of {folder} has {Text(free)} left: "
                + "the next one fits, later ones may not. Free some space, or lower checkpoint.keep in a new run."
            : null;
    }

    /// <summary>Tells once that the next save no longer fits, or fits again; null where nothing has changed since it was last asked.</summary>
    public string? TellChange()
    {
        bool isShort = !HoldsNextSave;
        if (isShort == _wasShort)
            return null;
        _wasShort = isShort;
        return isShort
            ? $"The disk of {folder} has {Text(files.FreeBytes(folder) ?? 0)} left, and the next checkpoint needs "
                + $"{Text(space.NextSaveBytes)}. Free some space: training goes on, but saves nothing until then."
            : $"The disk of {folder} holds the next checkpoint again.";
    }

    private static string Text(long bytes) => RunSpace.Text(bytes);
}
