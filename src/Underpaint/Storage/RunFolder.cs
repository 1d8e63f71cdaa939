using System.Globalization;

namespace Underpaint.Storage;

/// <summary>The folder of a run, such as <c>runs/0007-two-phase</c>, and where each thing stands in it.</summary>
public sealed class RunFolder
{
    private const int MaxNameLength = 60;

    private RunFolder(string path) => Path = path;

    /// <summary>The folder itself, as a full path.</summary>
    public string Path { get; }

    /// <summary>The folder's own name, such as "0007-two-phase".</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The recipe with every value resolved. A folder is a run as soon as this file is there.</summary>
    public string RecipeFile => Inside("recipe.json");

    /// <summary>What the run runs on: versions, device, threads, data.</summary>
    public string EnvironmentFile => Inside("environment.json");

    /// <summary>One JSON line per tick; see <see cref="MetricsLog"/>.</summary>
    public string MetricsFile => Inside("metrics.jsonl");

    /// <summary>Event files for TensorBoard.</summary>
    public string TensorBoardFolder => Inside("tensorboard");

    /// <summary>The validation pictures.</summary>
    public string ImagesFolder => Inside("images");

    /// <summary>The checkpoints; see <see cref="CheckpointStore"/>.</summary>
    public string CheckpointsFolder => Inside("checkpoints");

    /// <summary>The averaged weights and the recipe, for inference.</summary>
    public string ModelFile => Inside("model.safetensors");

    /// <summary>The model files of the recipe's milestones.</summary>
    public string ModelsFolder => Inside("models");

    /// <summary>The model that the run goes on from; only where its recipe has a start.</summary>
    public string StartFile => Inside("start.safetensors");

    /// <summary>The report.</summary>
    public string ReportFile => Inside("report.html");

    /// <summary>Held by the one process that writes to the run; see <see cref="RunLock"/>.</summary>
    internal string LockFile => RunLock.LockFileIn(Path);

    /// <summary>Who holds <see cref="LockFile"/>.</summary>
    internal string WriterFile => RunLock.WriterFileIn(Path);

    /// <summary>
    /// Creates a new run's folder, with the next free number, and its folders for images and checkpoints. Processes that do
    /// so at the same moment get different numbers.
    /// </summary>
    /// <param name="root">The folder of all runs, usually "runs"; created where it is missing.</param>
    /// <param name="name">The recipe's name; anything but letters, digits and '-' becomes '-'.</param>
    /// <exception cref="UnderpaintException">The folder cannot be written.</exception>
    public static RunFolder Create(string root, string name)
    {
        try
        {
            root = System.IO.Path.GetFullPath(root);
            Directory.CreateDirectory(root);
            for (int number = NextNumber(root); ; number++)
            {
                using FileStream? claim = Claim(root, number);
                if (claim is null || NextNumber(root) > number)
                    continue;
                var run = new RunFolder(System.IO.Path.Combine(root, $"{number:0000}-{Plain(name)}"));
                Directory.CreateDirectory(run.ImagesFolder);
                Directory.CreateDirectory(run.CheckpointsFolder);
                Disk.Instance.SyncFolder(run.Path);
                Disk.Instance.SyncFolder(root);
                return run;
            }
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(root, e);
        }
    }

    /// <summary>Uses a new folder, or one without files, for a new run.</summary>
    /// <param name="path">The run's folder; created where it is missing.</param>
    /// <exception cref="UnderpaintException">The folder holds something already, or cannot be written.</exception>
    public static RunFolder CreateAt(string path)
    {
        try
        {
            var run = new RunFolder(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
            if (Directory.Exists(run.Path) && HoldsSomething(run.Path))
                throw new UnderpaintException($"{path} is not empty, and is not a run.", "Give a new or empty folder for the run.");
            Directory.CreateDirectory(run.ImagesFolder);
            Directory.CreateDirectory(run.CheckpointsFolder);
            Disk.Instance.SyncFolder(run.Path);
            Disk.Instance.SyncFolder(System.IO.Path.GetDirectoryName(run.Path) ?? run.Path);
            return run;
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(path, e);
        }
    }

    /// <summary>The model file that is kept of a milestone.</summary>
    /// <param name="milestone">Images seen, as the recipe says; the model has seen up to a batch more.</param>
    public string ModelFileAt(long milestone) =>
        System.IO.Path.Combine(ModelsFolder, string.Create(CultureInfo.InvariantCulture, $"{milestone:000000000}.safetensors"));

    /// <summary>How many bytes its checkpoints, models and pictures take.</summary>
    internal long SavedBytes()
    {
        try
        {
            long model = File.Exists(ModelFile) ? new FileInfo(ModelFile).Length : 0;
            return model + new[] { CheckpointsFolder, ModelsFolder, ImagesFolder, TensorBoardFolder }.Where(Directory.Exists)
                .Sum(folder => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length));
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(Path, e);
        }
    }

    /// <summary>Whether there is a run at a path.</summary>
    /// <param name="path">A folder.</param>
    public static bool IsRun(string path) => File.Exists(System.IO.Path.Combine(path, "recipe.json"));

    /// <summary>Opens an existing run.</summary>
    /// <param name="path">Its folder.</param>
    /// <exception cref="UnderpaintException">The folder is missing or is no run.</exception>
    public static RunFolder Open(string path)
    {
        var run = new RunFolder(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
        return File.Exists(run.RecipeFile)
            ? run
            : throw new UnderpaintException(
                Directory.Exists(path) ? $"{path} is not a run: it has no recipe.json." : $"There is no folder {path}.",
                "Give the folder of a run, such as runs/0001-two-phase.");
    }

    /// <summary>All runs of a folder, oldest number first; none where the folder is missing.</summary>
    /// <param name="root">The folder of all runs, usually "runs".</param>
    /// <exception cref="UnderpaintException">The folder cannot be read.</exception>
    public static IReadOnlyList<RunFolder> List(string root)
    {
        try
        {
            return [.. Numbered(root).OrderBy(run => run.Number).ThenBy(run => run.Path, StringComparer.Ordinal)
                .Select(run => new RunFolder(run.Path)).Where(run => File.Exists(run.RecipeFile))];
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(root, e);
        }
    }

    // Creating a file where none is allowed to be is a step that only one process can win. The file goes away when closed.
    private static FileStream? Claim(string root, int number)
    {
        string path = System.IO.Path.Combine(root, $".{number:0000}.claim");
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (DiskError.IsThere(e))
        {
            return null;
        }
    }

    // A process that was killed while it made this very folder leaves empty folders and a file under a temporary name.
    private static bool HoldsSomething(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(file => !AtomicFile.IsTemporary(file));

    private static int NextNumber(string root) => Numbered(root).Select(run => run.Number).DefaultIfEmpty(0).Max() + 1;

    private static IEnumerable<(string Path, int Number)> Numbered(string root)
    {
        if (!Directory.Exists(root))
            yield break;
        foreach (string path in Directory.EnumerateDirectories(System.IO.Path.GetFullPath(root), "*-*"))
        {
            string digits = System.IO.Path.GetFileName(path).Split('-')[0];
            bool isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            if (isNumber && digits.Length is >= 4 and <= 8)
                yield return (path, number);
        }
    }

    private static string Plain(string name)
    {
        string replaced = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        string plain = string.Join('-', replaced.Split('-', StringSplitOptions.RemoveEmptyEntries));
        return plain.Length == 0 ? "run" : plain[..Math.Min(plain.Length, MaxNameLength)];
    }

    private string Inside(string name) => System.IO.Path.Combine(Path, name);
}
