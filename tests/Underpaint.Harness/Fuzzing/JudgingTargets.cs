using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Underpaint.Evaluation.Judging;
using Underpaint.Experiments;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Harness.Fuzzing;

/// <summary>The readers of what models are judged with, and of what came of it.</summary>
internal static class JudgingTargets
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>All of them; they use a folder for the files that they read.</summary>
    public static IEnumerable<FuzzTarget> All(string folder) => [Judge(folder), Experiment(folder), Evaluation(folder)];

    private static FuzzTarget Judge(string folder)
    {
        string path = Path.Combine(folder, "judge.safetensors");
        var description = new JudgeDescription
        {
            Version = JudgeNetwork.Version,
            Options = new(),
            Questions = [JudgeQuestion.OfClasses(["cat", "dog"]), new("size", QuestionKind.Continuous, 0.5, 2, [])],
            Data = "folder photos/",
            Fingerprint = new string('b', 32),
            TrainingImages = 90,
            HeldOutImages = 10,
            Scores = [new("class", 0.9, null, 0.1, 1), new("size", null, 0.5, 0.2, 0.6)],
            Precision = "float32",
            Threads = 2,
        };
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [], new Dictionary<string, string>
        {
            ["underpaint.judge"] = JsonSerializer.Serialize(description, Json),
            ["underpaint.sha256"] = new string('a', 64),
        });
        return new("judge", [stream.ToArray()],
            input =>
            {
                FuzzTarget.Put(path, input);
                _ = JudgeFile.Describe(path).Quality();
            })
        {
            Words = [.. FuzzWords.Json, .. FuzzWords.Of("\\\"questions\\\":[", "\\\"scores\\\":[null]", "\\\"classNames\\\":[null]", "\\\"high\\\":1e300")],
        };
    }

    private static FuzzTarget Experiment(string folder)
    {
        string path = Path.Combine(folder, "experiment.json");
        byte[] good = """
            {
              "name": "small", "data": { "training": "a.zip", "test": "b.zip" }, "images": 1000, "seeds": [0, 1], "set": { "optimizer.batch": 8 },
              "arms": [{ "name": "ours", "recipe": "two-phase" }, { "name": "baseline", "recipe": "diffae", "set": { "ema.halfLife": 100 }, "seeds": [3] }],
              "evaluations": [{ "on": "test", "images": 50, "at": [500, 1000], "steps": [1, 20], "solvers": ["dpm++"], "codes": ["random", "inverted"] }],
              "measures": { "judge": "judge.safetensors", "probe": 100 }
            }
            """u8.ToArray();
        return new("experiment", [good],
            input =>
            {
                FuzzTarget.Put(path, input);
                _ = ExperimentReader.Load(path);
            })
        {
            Words = [.. FuzzWords.Json, .. FuzzWords.Of("\"arms\":", "\"recipe\":", "\"seeds\":[", "\"steps\":[0]", "9223372036854775807")],
        };
    }

    private static FuzzTarget Evaluation(string folder)
    {
        var store = new EvaluationStore(Path.Combine(folder, "judged", "model.safetensors"), _ => { });
        var key = new JsonObject { ["what"] = "codes", ["images"] = 2, ["metrics"] = new JsonArray("psnr 1") };
        store.Save(new()
        {
            Key = key,
            Names = ["a.png", "b.png"],
            Skipped = [new(2, "c.png", "is damaged")],
            Vectors = new Dictionary<string, double[][]> { ["psnr"] = [[20.5], [30]] },
            Distances = new Dictionary<string, double> { ["fid"] = 3 },
            Originals = [new("a.png", 3, [1, 2, 3])],
        });
        string path = Directory.GetFiles(Path.Combine(folder, "judged", "evaluations")).Single();
        return new("evaluation", [File.ReadAllBytes(path)],
            input =>
            {
                FuzzTarget.Put(path, input);
                if (store.Find(key, "psnr") is not { } piece)
                    throw new UnderpaintException("It would be measured again.", "");
                _ = piece.Vectors["psnr"].Sum(vector => vector[0]);
            })
        {
            Words = [.. FuzzWords.Json, .. FuzzWords.Of("\"key\":", "\"psnr\":[[1]]", "\"psnr\":[null]", "\"what\":\"codes\"", "\"names\":[null]")],
        };
    }
}
