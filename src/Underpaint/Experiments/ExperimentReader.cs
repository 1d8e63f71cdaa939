using System.Text.Json.Nodes;
using Underpaint.Evaluation;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>Reads the strict JSON of an experiment; docs/experiments.md describes the format.</summary>
public static class ExperimentReader
{
    private static readonly Dictionary<string, EvaluationImages> Images = new()
    {
        ["validation"] = EvaluationImages.Validation,
        ["test"] = EvaluationImages.Test,
    };

    private static readonly Dictionary<string, bool> Codes = new() { ["random"] = false, ["inverted"] = true };

    /// <summary>Reads an experiment from its file.</summary>
    /// <param name="path">The file, of at most 1 MiB.</param>
    /// <param name="dataFolder">The folder that relative paths of images begin in. Default the file's own.</param>
    /// <exception cref="RecipeException">There is no such file, it cannot be read, or it breaks a rule of the format.</exception>
    public static Experiment Load(string path, string? dataFolder = null)
    {
        if (!File.Exists(path))
            throw new RecipeException(path, "", "is not an existing file", "Check the experiment's path.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Read(RecipeLibrary.TextOf(path), path) with { Folder = folder, DataFolder = dataFolder ?? folder };
    }

    /// <summary>Reads an experiment from its JSON text.</summary>
    /// <param name="json">The text; at most 1 MiB, 32 levels deep.</param>
    /// <param name="source">What errors call the experiment.</param>
    /// <exception cref="RecipeException">The text is not strict JSON, a key is unknown, missing or given twice, or a value is of the wrong
    /// type or impossible. The recipes are not looked at.</exception>
    public static Experiment Read(string json, string source)
    {
        if (RecipeJson.Parse(json, source) is not JsonObject root)
            throw new RecipeException(source, "", "is not a JSON object", "An experiment starts with { and ends with }.");
        Experiment experiment = ReadExperiment(
            new RecipeSection(root, source, "", "name", "data", "images", "seeds", "set", "arms", "evaluations", "measures"));
        ExperimentRules.Check(experiment, source);
        return experiment;
    }

    private static Experiment ReadExperiment(RecipeSection json) => new()
    {
        Name = json.Text("name"),
        Data = ReadData(json.Section("data", "training", "validation", "test")),
        Images = json.Long("images"),
        Seeds = json.Longs("seeds", [0]),
        Settings = json.Settings("set"),
        Arms = [.. json.Sections("arms", "name", "recipe", "set", "seeds").Select(ReadArm)],
        Evaluations =
        [
            .. json.Sections("evaluations", "on", "images", "at", "steps", "solvers", "grids", "codes", "seed").Select(ReadEvaluation),
        ],
        Measures = ReadMeasures(json.Section("measures", "judge", "weights", "probe", "interpolations")),
    };

    private static ExperimentData ReadData(RecipeSection data) => new()
    {
        Training = data.Text("training"),
        Validation = data.Has("validation") ? data.Text("validation") : null,
        Test = data.Has("test") ? data.Text("test") : null,
    };

    private static ExperimentMeasures ReadMeasures(RecipeSection measures) => new()
    {
        Judge = measures.Has("judge") ? measures.Text("judge") : null,
        Weights = measures.Has("weights") ? measures.Text("weights") : null,
        Probe = measures.Has("probe") ? measures.Int("probe", 0) : null,
        Interpolations = measures.Has("interpolations") ? measures.Int("interpolations", 0) : null,
    };

    private static ExperimentArm ReadArm(RecipeSection arm) => new()
    {
        Name = arm.Text("name"),
        Recipe = arm.Text("recipe"),
        Settings = arm.Settings("set"),
        Seeds = arm.Has("seeds") ? arm.Longs("seeds", []) : null,
    };

    private static ExperimentEvaluation ReadEvaluation(RecipeSection evaluation)
    {
        var defaults = new ExperimentEvaluation { On = evaluation.Word("on", Images) };
        return defaults with
        {
            Images = evaluation.Int("images", defaults.Images),
            At = evaluation.Longs("at", defaults.At),
            Steps = evaluation.Ints("steps", defaults.Steps),
            Solvers = evaluation.Words("solvers", DecodingWords.Solvers, defaults.Solvers),
            Grids = evaluation.Words("grids", DecodingWords.Grids, defaults.Grids),
            Inverted = evaluation.Words("codes", Codes, defaults.Inverted),
            Seed = evaluation.Long("seed", defaults.Seed),
        };
    }
}
