using Underpaint.Evaluation;
using Underpaint.Storage;

namespace Underpaint.Runs;

/// <summary>A run that may be compared.</summary>
/// <param name="Name">What it is called in the comparison.</param>
/// <param name="Path">What the user named it by.</param>
/// <param name="Model">What its model file says.</param>
/// <param name="Trained">What it was trained on; null for a model file without its run.</param>
internal sealed record RunCandidate(string Name, string Path, ModelDescription Model, RunEnvironment? Trained)
{
    /// <summary>The runs that have a readable model file.</summary>
    /// <param name="paths">Run folders or model files.</param>
    /// <param name="missing">The others are added to it.</param>
    /// <exception cref="UnderpaintException">There is none.</exception>
    public static IEnumerable<RunCandidate> Find(IReadOnlyList<string> paths, List<LeftOut> missing)
    {
        List<RunCandidate> found = [];
        string[] all = [.. paths.Select(System.IO.Path.GetFullPath).Distinct()];
        foreach (string path in all)
        {
            try
            {
                RunFolder? run = JudgedImages.RunOf(path);
                found.Add(new(NameOf(path, all), path, ModelFile.Describe(path),
                    run is not null && File.Exists(run.EnvironmentFile) ? RunEnvironment.Read(run) : null));
            }
            catch (UnderpaintException reason)
            {
                missing.Add(new(NameOf(path, all), reason.Message));
            }
        }
        return found.Count > 0 ? found : throw RunComparison.NoneLeft(missing);
    }

    // The folder's or file's name, with as many of the folders above it as tell it from the others.
    private static string NameOf(string path, string[] all)
    {
        string[] parts = PartsOf(path);
        for (int length = 1; length < parts.Length; length++)
        {
            string name = string.Join('/', parts[^length..]);
            if (all.Count(other => string.Join('/', PartsOf(other).TakeLast(length)) == name) == 1)
                return name;
        }
        return path;
    }

    // A run's model file is called by the run.
    private static string[] PartsOf(string path)
    {
        string plain = System.IO.Path.TrimEndingDirectorySeparator(path);
        if (System.IO.Path.GetFileName(plain) == "model.safetensors")
            plain = System.IO.Path.GetDirectoryName(plain)!;
        return plain.Split(System.IO.Path.DirectorySeparatorChar);
    }
}
