using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Experiments;
using Underpaint.Training;

namespace Underpaint.Tests.Experiments;

public sealed class ExperimentReaderTests
{
    private const string Short = """
        { "name": "a", "data": { "training": "x" }, "images": 4e3, "arms": [{ "name": "b", "recipe": "diffae" }], "evaluations": [{ "on": "validation" }] }
        """;

    private static readonly string Page = File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, "docs", "experiments.md"));

    [Fact]
    public void Every_value_is_read()
    {
        Experiment experiment = ExperimentReader.Read("""
            {
              "name": "full",
              "data": { "training": "train.zip", "validation": "val.zip", "test": "test.zip" },
              "images": 5000,
              "seeds": [7, 8],
              "set": { "model.channels": 64, "model": "cifar32", "data.flip": false },
              "arms": [
                { "name": "a", "recipe": "diffae" },
                { "name": "b", "recipe": "b.json", "set": { "phases[0].schedule": { "shifted-cosine": 2 } }, "seeds": [9] }
              ],
              "evaluations": [
                { "on": "test", "images": 10, "at": [1000, 2e3], "steps": [5, 1], "solvers": ["dpm++"], "grids": ["log-snr", "uniform"],
                  "codes": ["inverted", "random"], "seed": 3 }
              ],
              "measures": { "judge": "judge.safetensors", "weights": "published", "probe": 500, "interpolations": 50 }
            }
            """, "full.json");
        Assert.Equal(("full", 5000), (experiment.Name, (int)experiment.Images));
        Assert.Equal(new ExperimentData { Training = "train.zip", Validation = "val.zip", Test = "test.zip" }, experiment.Data);
        Assert.Equal(new ExperimentMeasures { Judge = "judge.safetensors", Weights = "published", Probe = 500, Interpolations = 50 }, experiment.Measures);
        Assert.Equal(["model.channels=64", "model=\"cifar32\"", "data.flip=false"], experiment.Settings);
        Assert.Equal(["""phases[0].schedule={"shifted-cosine":2}"""], experiment.Arms[1].Settings);
        Assert.Equal("b.json", experiment.Arms[1].Recipe);
        Assert.Equal(["a-7", "b-9", "a-8"], experiment.Runs.Select(run => run.Name));
        ExperimentEvaluation evaluation = Assert.Single(experiment.Evaluations);
        Assert.Equal((EvaluationImages.Test, 10, 3L), (evaluation.On, evaluation.Images, evaluation.Seed));
        Assert.Equal([1000, 2000], evaluation.At);
        Assert.Equal(8, evaluation.Decodings.Distinct().Count());
        Assert.Contains(new Decoding { Steps = 5, Solver = Solver.DpmSolver, Grid = TimeGrid.LogSnr, Kind = ReconstructionKind.InvertedStochasticCode }, evaluation.Decodings);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        Experiment experiment = ExperimentReader.Read(Short, "short.json");
        Assert.Equal([0], experiment.Seeds);
        Assert.Empty(experiment.Settings);
        Assert.Equal(new ExperimentMeasures(), experiment.Measures);
        ExperimentEvaluation evaluation = Assert.Single(experiment.Evaluations);
        Assert.Equal(1000, evaluation.Images);
        Assert.Equal(new Decoding(), Assert.Single(evaluation.Decodings));
    }

    [Theory]
    [InlineData("\"images\": 4e3", "\"image\": 4e3", "image", "Did you mean \"images\"?")]
    [InlineData("\"images\": 4e3", "\"images\": 4e3, \"images\": 1", "images", "Keep one of the two.")]
    [InlineData("\"images\": 4e3", "\"images\": 0", "images", "from 1 to")]
    [InlineData("\"images\": 4e3", "\"seeds\": [0]", "images", "Add it.")]
    [InlineData("\"images\": 4e3", "\"images\": 9, \"seeds\": []", "seeds", "Give at least one.")]
    [InlineData("\"images\": 4e3", "\"images\": 9, \"seeds\": [1, 1]", "seeds", "Give each value once.")]
    [InlineData("\"images\": 4e3", "\"images\": 9, \"seeds\": [-1]", "seeds[0]", "from 0 to")]
    [InlineData("\"images\": 4e3", "\"images\": 9, \"set\": [1]", "set", "Use an object")]
    [InlineData("\"images\": 4e3", "\"images\": 9, \"measures\": { \"probe\": 0 }", "measures.probe", "from 1 to")]
    [InlineData("\"images\": 4e3", "\"images\": 9, \"measures\": { \"interpolations\": 0 }", "measures.interpolations", "from 1 to")]
    [InlineData("\"images\": 4e3", "\"images\": 9, \"measures\": { \"judges\": \"x\" }", "measures.judges", "Did you mean \"judge\"?")]
    [InlineData("\"name\": \"a\"", "\"name\": \"../a\"", "name", "letters and digits")]
    [InlineData("\"name\": \"a\"", "\"name\": \"a b\"", "name", "It names a folder")]
    [InlineData("\"name\": \"b\"", "\"name\": \"b b\"", "arms[0].name", "It names a folder")]
    [InlineData("\"arms\": [", "\"arms\": [{ \"name\": \"B\", \"recipe\": \"x\" }, ", "arms[1].name", "a name of its own")]
    [InlineData("\"recipe\": \"diffae\"", "\"seeds\": [0]", "arms[0].recipe", "Add it.")]
    [InlineData("{ \"training\": \"x\" }", "{ \"test\": \"x\" }", "data.training", "Add it.")]
    [InlineData("\"on\": \"validation\"", "\"on\": \"test\"", "evaluations[0].on", "Name them in data.test.")]
    [InlineData("\"on\": \"validation\"", "\"on\": \"train\"", "evaluations[0].on", "Use \"validation\", \"test\".")]
    [InlineData("\"validation\" }", "\"validation\", \"steps\": [0] }", "evaluations[0].steps[0]", "from 1 to 1000")]
    [InlineData("\"validation\" }", "\"validation\", \"steps\": [] }", "evaluations[0].steps", "Give at least one.")]
    [InlineData("\"validation\" }", "\"validation\", \"solvers\": [\"dpm+\"] }", "evaluations[0].solvers[0]", "Did you mean \"dpm++\"?")]
    [InlineData("\"validation\" }", "\"validation\", \"at\": [5000] }", "evaluations[0].at[0]", "from 1 to 4000")]
    [InlineData("\"validation\" }", "\"validation\", \"at\": [20, 10] }", "evaluations[0].at[1]", "in rising order")]
    [InlineData("\"validation\" }", "\"validation\", \"images\": 0 }", "evaluations[0].images", "from 1 to")]
    public void What_is_wrong_is_one_error_that_names_the_place_and_the_remedy(string right, string wrong, string path, string remedy)
    {
        Assert.Contains(right, Short);
        RecipeException error = Assert.Throws<RecipeException>(() => ExperimentReader.Read(Short.Replace(right, wrong), "mine.json"));
        Assert.Equal(path, error.Path);
        Assert.StartsWith($"mine.json: {path} ", error.Message);
        Assert.Contains(remedy, error.Message);
    }

    [Theory]
    [InlineData("[]", "An experiment starts with {")]
    [InlineData("{ // no\n}", "a comment")]
    [InlineData("{ \"a\": 1, }", "Remove the comma.")]
    public void Text_that_is_no_experiment_is_refused(string json, string remedy) =>
        Assert.Contains(remedy, Assert.Throws<RecipeException>(() => ExperimentReader.Read(json, "mine.json")).Message);

    [Fact]
    public void A_file_that_is_not_there_is_an_error() =>
        Assert.Contains("Check the experiment's path", Assert.Throws<RecipeException>(() => ExperimentReader.Load("no-such.json")).Message);

    [Fact]
    public void Paths_begin_in_the_files_folder_and_those_of_images_where_one_wants()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.json"), Short);
        Assert.Equal(folder.File("x"), ExperimentReader.Load(folder.File("a.json")).PathOf("x"));
        Experiment elsewhere = ExperimentReader.Load(folder.File("a.json"), folder.File("images"));
        Assert.Equal(folder.File("images", "x"), elsewhere.PathOf("x"));
        Assert.Equal("ornaments:12,16", elsewhere.PathOf("ornaments:12,16"));
        Assert.Equal(folder.Path, elsewhere.Folder);
    }

    [Fact]
    public void The_page_names_every_key_and_its_example_is_an_experiment()
    {
        Match example = Regex.Match(Page, "```json\n(.*?)```", RegexOptions.Singleline);
        _ = ExperimentReader.Read(example.Groups[1].Value, "docs/experiments.md");
        string[] keys = [.. KeysOf(JsonNode.Parse(example.Groups[1].Value)).Concat(["data.validation", "evaluations[].solvers", "evaluations[].grids", "evaluations[].codes", "evaluations[].seed", "measures.weights"])];
        Assert.All(keys, key => Assert.Contains($"| `{key}` |", Page));
    }

    [Theory]
    [InlineData("cifar10-main", 10)]
    [InlineData("cifar10-long", 3)]
    [InlineData("cifar10-encoder", 6)]
    [InlineData("cifar10-parts", 29)]
    [InlineData("cifar10-average", 4)]
    [InlineData("cifar10-start", 3)]
    [InlineData("tiny-imagenet20", 2)]
    [InlineData("ornaments", 6)]
    public void The_experiments_of_this_repository_have_recipes_that_can_be_used(string name, int runs)
    {
        Experiment experiment = ExperimentReader.Load(Path.Combine(SharedFiles.RepositoryRoot, "experiments", $"{name}.json"));
        Assert.Equal(name, experiment.Name);
        Assert.Equal(runs, experiment.Runs.Count);
        Assert.Contains($"`experiments/{name}.json`", Page);
        Recipe[] recipes = [.. experiment.Runs.Select(experiment.RecipeOf)];
        Assert.Equal(experiment.Images, Assert.Single(recipes.Select(recipe => new PhasePlan(recipe).End).Distinct()));
        Assert.Equal(runs, recipes.Select(RecipeWriter.Write).Distinct().Count());
    }

    private static IEnumerable<string> KeysOf(JsonNode? node, string path = "") => node switch
    {
        JsonObject json when !path.EndsWith("set", StringComparison.Ordinal) =>
            json.SelectMany(member => KeysOf(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}")),
        JsonArray array when array is [JsonObject, ..] => array.SelectMany(item => KeysOf(item, path + "[]")).Distinct(),
        _ => [path],
    };
}
