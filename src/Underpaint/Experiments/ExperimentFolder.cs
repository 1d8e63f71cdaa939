using System.Globalization;
using Underpaint.Evaluation;
using Underpaint.Storage;

namespace Underpaint.Experiments;

/// <summary>The folder of an experiment's results, and where each thing stands in it.</summary>
public sealed class ExperimentFolder
{
    /// <summary>Uses a folder; nothing is written until there is something to write.</summary>
    /// <param name="path">The folder.</param>
    public ExperimentFolder(string path) => Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>The folder itself, as a full path.</summary>
    public string Root { get; }

    /// <summary>All rows, and what the arms are.</summary>
    public string JsonFile => Path.Combine(Root, "results.json");

    /// <summary>The tables.</summary>
    public string MarkdownFile => Path.Combine(Root, "results.md");

    /// <summary>Tables and curves, to look at.</summary>
    public string PageFile => Path.Combine(Root, "results.html");

    /// <summary>The folder of a run, as <c>underpaint train</c> makes it.</summary>
    /// <param name="run">The run.</param>
    public string RunPath(ExperimentRun run) => Path.Combine(Root, "runs", run.Name);

    /// <summary>The folder of a run's rows.</summary>
    internal string RowsPath(ExperimentRun run) => Path.Combine(Root, "rows", run.Name);

    /// <summary>The file of a row.</summary>
    internal string RowFile(RowRequest row)
    {
        ExperimentEvaluation evaluation = row.Evaluation;
        Decoding decoding = row.Decoding;
        string name = string.Create(CultureInfo.InvariantCulture, $"{row.At:000000000}-{NameOf(evaluation.On)}-{evaluation.Images}-"
            + $"{decoding.Steps}-{DecodingWords.Of(decoding.Solver)}-{DecodingWords.Of(decoding.Grid)}-{DecodingWords.Of(decoding.Kind)}-{evaluation.Seed}");
        return Path.Combine(RowsPath(row.Run), name + ".json");
    }

    /// <summary>"validation", "test".</summary>
    internal static string NameOf(EvaluationImages images) => images == EvaluationImages.Test ? "test" : "validation";

    /// <summary>Creates the folder of a file that is about to be written.</summary>
    internal static void CreateFor(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(folder, e);
        }
    }
}
