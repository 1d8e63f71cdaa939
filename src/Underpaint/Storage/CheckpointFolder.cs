using System.Globalization;

namespace Underpaint.Storage;

/// <summary>A folder that has a checkpoint's name; what is in it has not been looked at.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="ImagesSeen">The position that its name tells.</param>
/// <param name="IsReplaced">Whether it was moved aside for a newer checkpoint at the same position.</param>
internal sealed record CheckpointFolder(string Path, long ImagesSeen, bool IsReplaced)
{
    private const string TemporaryPrefix = ".tmp-";
    private const string ReplacedSuffix = ".old";

    /// <summary>The folder for a position.</summary>
    public static string PathOf(string store, long imagesSeen) => System.IO.Path.Combine(store, NameOf(imagesSeen));

    /// <summary>Where a folder is moved aside to, for a newer checkpoint at the same position.</summary>
    public static string ReplacedPathOf(string folder) => folder + ReplacedSuffix;

    /// <summary>A new name for a folder that is not yet, or no longer, a checkpoint.</summary>
    public static string TemporaryPath(string store) =>
        System.IO.Path.Combine(store, TemporaryPrefix + System.IO.Path.GetRandomFileName());

    /// <summary>Folders that are not yet, or no longer, checkpoints.</summary>
    public static string[] Leftovers(string store) => Directory.Exists(store) ? Directory.GetDirectories(store, TemporaryPrefix + "*") : [];

    /// <summary>All of a store, newest first; at the same position the newer before the replaced one.</summary>
    public static IReadOnlyList<CheckpointFolder> List(string store) => !Directory.Exists(store)
        ? []
        : [.. Directory.EnumerateDirectories(store).Select(Recognise).OfType<CheckpointFolder>()
            .OrderByDescending(folder => folder.ImagesSeen).ThenBy(folder => folder.IsReplaced)];

    /// <summary>Whether the manifest is sound and every file is there with its length.</summary>
    public bool LooksWhole()
    {
        try
        {
            _ = Checkpoint.Open(this);
            return true;
        }
        catch (UnderpaintException)
        {
            return false;
        }
    }

    private static CheckpointFolder? Recognise(string path)
    {
        string name = System.IO.Path.GetFileName(path);
        bool isReplaced = name.EndsWith(ReplacedSuffix, StringComparison.Ordinal);
        string number = isReplaced ? name[..^ReplacedSuffix.Length] : name;
        bool isNumber = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long imagesSeen);
        return isNumber && number == NameOf(imagesSeen)
            ? new CheckpointFolder(path, imagesSeen, isReplaced)
            : null;
    }

    private static string NameOf(long imagesSeen) => imagesSeen.ToString("D9", CultureInfo.InvariantCulture);
}
