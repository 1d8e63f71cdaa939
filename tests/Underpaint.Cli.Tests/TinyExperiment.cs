namespace Underpaint.Cli.Tests;

/// <summary>The smallest experiment: two arms of the tiny recipe, judged at their half and at their end.</summary>
internal static class TinyExperiment
{
    /// <summary>Writes its file, and its recipe beside it.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="images">How many images each run trains on.</param>
    public static string Write(string folder, int images = 64)
    {
        TinyRun.WriteRecipe(folder);
        string path = Path.Combine(folder, "experiment.json");
        File.WriteAllText(path, $$"""
            {
              "name": "tiny",
              "data": { "training": "{{TinyRun.Data}}", "test": "ornaments:3,16,9" },
              "images": {{images}},
              "set": { "checkpoint.every": {{images}}, "validation.every": {{images / 2}} },
              "arms": [
                { "name": "first", "recipe": "tiny.json" },
                { "name": "second", "recipe": "tiny.json", "set": { "phases[detail].rehearsal": 0.2 } }
              ],
              "evaluations": [{ "on": "test", "at": [{{images / 2}}], "steps": [1, 2] }]
            }
            """);
        return path;
    }

    /// <summary>The command line that works on it.</summary>
    public static string[] Command(string file, string folder, params string[] more) =>
        ["experiment", file, "--out", folder, "--device", "cpu", "--threads", "1", .. more];
}
