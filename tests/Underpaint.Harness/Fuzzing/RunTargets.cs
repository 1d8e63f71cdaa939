using System.Text.Json.Nodes;
using Underpaint.Reports;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Harness.Fuzzing;

/// <summary>The readers of a run's own files.</summary>
internal static class RunTargets
{
    /// <summary>All of them; they use a folder for the files that they read.</summary>
    public static IEnumerable<FuzzTarget> All(string folder) => [Manifest(folder), Metrics(folder), Environment(folder), Writer(folder), Pictures(folder)];

    private static FuzzTarget Manifest(string folder)
    {
        string store = Path.Combine(folder, "checkpoints");
        CheckpointPart[] parts = [new("weights.bin", stream => stream.Write("weights"u8)), new("position.json", stream => stream.Write("{}"u8))];
        _ = new CheckpointStore(store, keep: 2).Save(64, parts);
        string path = Path.Combine(store, "000000064", CheckpointManifest.FileName);
        byte[] good = File.ReadAllBytes(path);
        return new("manifest", [good],
            input =>
            {
                FuzzTarget.Put(path, input);
                CheckpointSearch search = new CheckpointStore(store, keep: 2).FindNewest();
                foreach (string name in search.Newest?.Names ?? [])
                    search.Newest!.OpenRead(name).Dispose();
                if (search.Newest is null)
                    throw new UnderpaintException(search.Rejected[0].Reason, "");
            })
        {
            Words =
            [
                .. FuzzWords.Json,
                .. FuzzWords.Of("\"imagesSeen\":", "\"files\":", "\"name\":\"../../x\"", "\"length\":-1", "underpaint-checkpoint"),
            ],
        };
    }

    private static FuzzTarget Metrics(string folder)
    {
        RunFolder run = NewRun(folder, "metrics");
        var log = new MetricsLog(run.MetricsFile);
        const string Tick = """{"kind":"tick","imagesSeen":64,"phase":"structure","loss":0.5,"gradientNorm":1,"learningRate":1e-4,"""
            + """ "imagesPerSecond":9,"lossByNoise":[null,0.25]}""";
        const string Look = """{"kind":"validation","imagesSeen":64,"phase":"structure","images":4,"steps":2,"psnr":20,"ssim":0.5,"""
            + """ "structurePsnr":19,"structureSsim":0.4}""";
        const string Spike = """{"kind":"spike","imagesSeen":64,"phase":"structure","loss":9,"usualLoss":1,"gradientNorm":3,"""
            + """ "images":["a.png"],"noiseShares":[0.5]}""";
        return new("metrics", [.. FuzzWords.Of($"{Tick}\n{Look}\n{Spike}\n", $"{Tick}\n{Tick}")],
            input =>
            {
                FuzzTarget.Put(run.MetricsFile, input);
                log.Append(new JsonObject { ["imagesSeen"] = 128L });
                _ = RunMetrics.Read(run);
            })
        {
            Words = [.. FuzzWords.Json, .. FuzzWords.Of("\n", "\n\n", "\"kind\":\"tick\",", "\"imagesSeen\":", "\"lossByNoise\":")],
        };
    }

    private static FuzzTarget Environment(string folder)
    {
        RunFolder run = NewRun(folder, "environment");
        byte[] good = """
            {"underpaint":"0.1.0","torch":"2.10.0","dotNet":".NET 10","system":"Linux","processor":"AVX2","device":"cpu","threads":2,
            "data":"photos","validation":null,"trainingImages":9,
            "validationImages":1,"dataFingerprint":"00ff","departures":["threads was 1, now 2"]}
            """u8.ToArray();
        return new("environment", [good],
            input =>
            {
                FuzzTarget.Put(run.EnvironmentFile, input);
                RunEnvironment read = RunEnvironment.Read(run);
                _ = read.After(read).DifferencesFrom(read with { DataFingerprint = "1" }).Count();
            })
        {
            Words = [.. FuzzWords.Json, .. FuzzWords.Of("\"data\":null", "\"departures\":", "\"threads\":")],
        };
    }

    private static FuzzTarget Writer(string folder)
    {
        string path = Path.Combine(folder, ".writer.json");
        return new("writer", ["""{"processId":12345,"host":"elsewhere","since":"2026-01-02T03:04:05Z"}"""u8.ToArray()],
            input =>
            {
                FuzzTarget.Put(path, input);
                if (RunWriter.Describe(path) == "another process")
                    throw new UnderpaintException("another process", "");
            })
        {
            Words = FuzzWords.Json,
        };
    }

    private static FuzzTarget Pictures(string folder)
    {
        RunFolder run = NewRun(folder, "pictures");
        Directory.CreateDirectory(run.ImagesFolder);
        string path = Path.Combine(run.ImagesFolder, "000000064.safetensors");
        byte[] pixels = [.. Enumerable.Range(0, 2 * 2 * 3 * 3).Select(i => (byte)i)];
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream,
            [.. new[] { "originals", "reconstructions", "structure" }.Select(name => new TensorData(name, DType.U8, [2, 2, 3, 3], pixels))]);
        return new("pictures", [stream.ToArray()],
            input =>
            {
                FuzzTarget.Put(path, input);
                if (RunPictures.Read(run, imagesSeen: 64) is not { } look)
                    throw new UnderpaintException("There are no pictures.", "");
                for (int i = 0; i < look.Originals.Count; i++)
                    _ = ErrorMap.Of(look.Originals[i], look.Pictures.Reconstructions[i]);
            })
        {
            Words = [.. FuzzWords.Json, .. FuzzWords.Of("\"shape\":[", "[2,2,3,3]", "[1,2,3,6]", "\"data_offsets\":[0,36]", "2147483648", "\"structure\"")],
        };
    }

    private static RunFolder NewRun(string folder, string name)
    {
        RunFolder run = RunFolder.CreateAt(Path.Combine(folder, name));
        File.WriteAllText(run.RecipeFile, "{}");
        return run;
    }
}
