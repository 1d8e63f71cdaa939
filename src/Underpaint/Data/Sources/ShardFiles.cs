using System.Globalization;
using System.Text.RegularExpressions;
using Underpaint.Storage;

namespace Underpaint.Data.Sources;

/// <summary>
/// Finds the files that one set of images was divided into: <c>train-00000-of-00005.parquet</c>, <c>shard-000000.tar</c>. A set is
/// named by its folder if that holds no other, or by what the files' names begin with: <c>data/train</c>.
/// </summary>
internal static partial class ShardFiles
{
    /// <summary>Most images in the shards of one set.</summary>
    public const int MostImages = 10_000_000;

    /// <summary>The ending of Hugging Face's files.</summary>
    public const string Parquet = ".parquet";

    /// <summary>The ending of WebDataset's.</summary>
    public const string Tar = ".tar";

    /// <summary>The one set in a folder, its files in order; empty when there is none.</summary>
    /// <exception cref="UnderpaintException">There are several, one is incomplete, or the folder cannot be listed.</exception>
    public static IReadOnlyList<string> In(string folder)
    {
        IGrouping<(string Set, string Kind), string>[] sets = [.. SetsIn(folder)];
        return sets.Length switch
        {
            0 => [],
            1 => Complete(sets[0]),
            _ => throw new UnderpaintException(
                $"The folder {folder} holds several sets of images: {string.Join(", ", sets.Take(8).Select(set => Quotation.Of(set.Key.Set + "…" + set.Key.Kind)))}.",
                $"Name one of them by what its files begin with, such as {Path.Combine(folder, sets[0].Key.Set is "" ? sets[^1].Key.Set : sets[0].Key.Set)}."),
        };
    }

    /// <summary>The set that is named by the beginning of its files' names; empty when there is none.</summary>
    /// <param name="path">The folder and the beginning, such as <c>data/train</c>.</param>
    /// <exception cref="UnderpaintException">There are several, or it is incomplete.</exception>
    public static IReadOnlyList<string> BeginningWith(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", name = Path.GetFileName(path);
        if (name.Length == 0 || !Directory.Exists(folder))
            return [];
        IGrouping<(string Set, string Kind), string>[] sets = [.. SetsIn(folder).Where(set => set.Key.Set == name)];
        return sets.Length switch
        {
            0 => [],
            1 => Complete(sets[0]),
            _ => throw new UnderpaintException($"There are tar archives and parquet files that begin with {path}.", "Move one of the sets into a folder of its own."),
        };
    }

    /// <summary>"parquet data/train-00000-of-00005.parquet and 4 more".</summary>
    public static string Describe(string kind, IReadOnlyList<string> paths) =>
        paths.Count == 1 ? $"{kind} {paths[0]}" : $"{kind} {paths[0]} and {paths.Count - 1} more";

    /// <summary>Reads one image: a shard that is gone costs its images like any damage.</summary>
    /// <param name="name">The image's name, for the message.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="FileFormatException">It is damaged, or its shard is gone or may not be read.</exception>
    /// <exception cref="UnderpaintException">The disk fails.</exception>
    public static byte[] ReadImage(string name, Func<byte[]> read)
    {
        try
        {
            return read();
        }
        catch (UnderpaintException e) when (e is not FileFormatException && DiskError.IsOfOneFile(e.InnerException))
        {
            throw new FileFormatException(name, $"cannot be read: {e.What.TrimEnd('.')}", e.Remedy, e);
        }
    }

    private static IEnumerable<IGrouping<(string Set, string Kind), string>> SetsIn(string folder)
    {
        try
        {
            string[] files = [.. Directory.EnumerateFiles(folder).Where(IsShard).Order(StringComparer.Ordinal)];
            return files.GroupBy(file => (NumberPattern().Replace(Path.GetFileNameWithoutExtension(file), ""), Path.GetExtension(file)));
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(folder, e);
        }
    }

    private static bool IsShard(string file) => Path.GetExtension(file) is Parquet or Tar && Path.GetFileName(file)[0] != '.';

    // Files that say how many there are must all be there: without one, training would go on with fewer images and nobody would know.
    private static string[] Complete(IEnumerable<string> files)
    {
        string[] paths = [.. files];
        Match number = CountPattern().Match(Path.GetFileNameWithoutExtension(paths[0]));
        if (!number.Success || !int.TryParse(number.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count == paths.Length)
            return paths;
        throw new UnderpaintException($"{paths[0]} is one of {count} files, but {paths.Length} are there.",
            "Download the missing ones, or give the files one by one.");
    }

    [GeneratedRegex(@"[-_.]?\d+(-of-\d+)?(-[0-9a-f]{16})?$")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"-\d+-of-(\d{1,9})(-[0-9a-f]{16})?$")]
    private static partial Regex CountPattern();
}
