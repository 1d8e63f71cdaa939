[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Underpaint.Cli.Tests.TinyRun))]

namespace Underpaint.Cli.Tests;

/// <summary>A run that was trained once, by the tool itself, for all tests that only read it.</summary>
public sealed class TinyRun : IDisposable
{
    public const string Data = "ornaments:30,16";

    private readonly TemporaryFolder _folder = new();

    public TinyRun()
    {
        Folder = _folder.File("run");
        Cli.Run(Train(WriteRecipe(_folder.Path), Folder)).Succeeded();
    }

    /// <summary>The finished run.</summary>
    public string Folder { get; }

    /// <summary>Its model file.</summary>
    public string Model => Path.Combine(Folder, "model.safetensors");

    /// <summary>The command line that makes a run.</summary>
    public static string[] Train(string recipe, string folder) =>
        ["train", recipe, "--data", Data, "--out", folder, "--device", "cpu", "--threads", "1"];

    /// <summary>Writes the smallest recipe that trains: 2 × 32 images in batches of 8, with a checkpoint at 16.</summary>
    public static string WriteRecipe(string folder)
    {
        string path = Path.Combine(folder, "tiny.json");
        File.WriteAllText(path, """
            {
              "name": "tiny",
              "data": { "size": 16 },
              "model": {
                "channels": 32, "multipliers": [1], "encoderMultipliers": [1],
                "blocks": 1, "encoderBlocks": 1, "attentionAt": [], "code": 16
              },
              "phases": [
                { "name": "structure", "images": 32, "schedule": "highest-noise", "predict": "velocity" },
                { "name": "detail", "images": 32, "schedule": { "shifted-cosine": 4 }, "predict": "velocity" }
              ],
              "optimizer": { "batch": 8 },
              "checkpoint": { "every": 16, "keep": 2 },
              "validation": { "every": 32, "images": 1, "steps": 2 }
            }
            """);
        return path;
    }

    public void Dispose() => _folder.Dispose();
}
