using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using SkiaSharp;
using Underpaint.Data;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Tests.Data;
using Underpaint.Training;

namespace Underpaint.Harness.Fuzzing;

/// <summary>Every reader of files that come from outside.</summary>
internal static class FuzzTargets
{
    private static readonly byte[][] JsonWords =
    [
        .. new[] { "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-0", "1e999", "18446744073709551616", "0.5", "\\ud800", "\\u0000", "//" }
            .Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>All of them; they use a folder for the files that they read.</summary>
    public static IReadOnlyList<FuzzTarget> All(string folder) =>
    [
        Images(), Zip(folder), Dataset(), Idx(folder), Recipes(folder), Safetensors(folder), Model(folder), Manifest(folder),
        Metrics(folder), Environment(folder), Writer(folder),
    ];

    private static FuzzTarget Images() => new("image",
        [
            TestImages.Png(), TestImages.Png(color: new SKColor(1, 2, 3, 99)), TestImages.Encoded(SKEncodedImageFormat.Jpeg, 24, 16),
            TestImages.WithOrientation(TestImages.Encoded(SKEncodedImageFormat.Jpeg), 6), TestImages.Encoded(SKEncodedImageFormat.Webp),
            TestImages.Gif(1), TestImages.Gif(2), TestImages.Bmp(), TestImages.PngHeader(4, 4),
        ],
        input => _ = ImagePreparation.Prepare(ImageDecoder.Decode(input, "fuzz"), new() { Size = 16 }))
    {
        Words = [.. "IHDR,IDAT,IEND,PLTE,tRNS,iCCP,gAMA,acTL,VP8X,VP8L,VP8 ,ALPH,ANIM,RIFF,Exif,BM,GIF89a".Split(',').Select(Encoding.ASCII.GetBytes),
            [0xFF, 0xC0], [0xFF, 0xC2], [0xFF, 0xDA], [0xFF, 0xDB], [0xFF, 0xC4], [0xFF, 0xDD], [0xFF, 0xE1], [0xFF, 0xE2], [0xFF, 0xD9]],
        Mend = PngChecksums.Mend,
    };

    private static FuzzTarget Zip(string folder)
    {
        string path = Path.Combine(folder, "fuzz.zip");
        byte[] dataset = """{"labels": [["a/1.bmp", 0]]}"""u8.ToArray(), bmp = TestImages.Bmp();
        return new("zip",
            [
                TestImages.Zip(("a/1.bmp", bmp), ("b/2.png", TestImages.Png())), TestImages.Zip(("a/1.bmp", bmp), ("dataset.json", dataset)),
                TestImages.Zip(CompressionLevel.NoCompression, ("a/1.bmp", bmp), ("x/", []), ("readme.txt", [1, 2])),
            ],
            input =>
            {
                Put(path, input);
                using var source = new ZipSource(path);
                for (int i = 0; i < source.Count; i++)
                    _ = source.Read(i);
                _ = source.Fingerprint();
            })
        {
            Words =
            [
                [.. "PK"u8, 1, 2], [.. "PK"u8, 3, 4], [.. "PK"u8, 5, 6], [.. "PK"u8, 6, 6], [.. "PK"u8, 6, 7], [.. "PK"u8, 7, 8],
                [1, 0, 24, 0], [.. "../"u8], [.. "/etc/"u8], [.. "a/1.bmp"u8], [.. "dataset.json"u8], [8, 0], [99, 0],
            ],
        };
    }

    private static FuzzTarget Dataset() => new("dataset",
        [
            """{"labels": [["a/1.png", 0], ["a/2.png", 1]], "label_names": ["cat", "dog"]}"""u8.ToArray(),
            """{"labels": null, "version": {"of": [1, 2]}}"""u8.ToArray(), "{}"u8.ToArray(),
        ],
        input => _ = DatasetJson.Read(input, "fuzz.zip", ["a/1.png", "a/2.png"]))
    {
        Words = [.. JsonWords, .. new[] { "\"labels\":", "\"label_names\":", "[\"a/1.png\",0]", "65535", "-1" }.Select(Encoding.UTF8.GetBytes)],
    };

    private static FuzzTarget Idx(string folder)
    {
        string path = Path.Combine(folder, "fuzz-images-idx3-ubyte");
        byte[] images = TestImages.Idx([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2, 2, 3);
        File.WriteAllBytes(Path.Combine(folder, "fuzz-labels-idx1-ubyte"), TestImages.Idx([0, 1], 2));
        return new("idx", [images, TestImages.Idx([1, 2, 3, 4, 5, 6], 1, 1, 2, 3), TestImages.Gzip(images)],
            input =>
            {
                Put(path, input);
                using var source = new IdxSource(path);
                for (int i = 0; i < Math.Min(source.Count, 10); i++)
                    _ = source.Read(i);
            })
        {
            Words = [[0, 0, 8, 3], [0, 0, 8, 4], [0, 0, 13, 3], [0x1F, 0x8B, 8]],
        };
    }

    private static FuzzTarget Recipes(string folder)
    {
        string path = Path.Combine(folder, "fuzz.json");
        return new("recipe", [.. RecipeLibrary.Names.Select(name => Encoding.UTF8.GetBytes(RecipeWriter.Write(RecipeLibrary.Load(name))))],
            input =>
            {
                Put(path, input);
                Recipe recipe = RecipeLibrary.Load(path);
                _ = new PhasePlan(recipe);
                _ = RecipeWriter.Write(recipe);
            })
        {
            Words =
            [
                .. JsonWords, .. new[] { "\"phases\":", "\"preset\":", "\"schedule\":", "{\"shifted-cosine\":4}", "4e5", "9223372036854775807", "\"seed\":" }
                    .Select(Encoding.UTF8.GetBytes),
            ],
        };
    }

    private static FuzzTarget Safetensors(string folder)
    {
        string path = Path.Combine(folder, "fuzz.safetensors");
        return new("safetensors", [Tensors(null), Tensors(new() { ["a"] = "b" })],
            input =>
            {
                Put(path, input);
                using SafetensorsFile file = SafetensorsFile.Open(path);
                foreach (TensorEntry tensor in file.Tensors.Values)
                    file.ReadBytes(tensor.Name, new byte[tensor.Length]);
                if (file.Tensors.ContainsKey("f"))
                    _ = file.ReadFloats("f");
            })
        {
            Words = [.. JsonWords, .. TensorWords()],
        };
    }

    private static FuzzTarget Model(string folder)
    {
        string path = Path.Combine(folder, "model.safetensors");
        Dictionary<string, string> metadata = new()
        {
            ["underpaint.format"] = "1", ["underpaint.imagesSeen"] = "64", ["underpaint.sha256"] = "",
            ["underpaint.recipe"] = RecipeWriter.Write(RecipeLibrary.Load("demo")),
        };
        return new("model", [Tensors(metadata)],
            input =>
            {
                Put(path, input);
                _ = ModelFile.Describe(path);
            })
        {
            Words = [.. JsonWords, .. TensorWords(), Encoding.UTF8.GetBytes("underpaint.recipe")],
        };
    }

    private static FuzzTarget Manifest(string folder)
    {
        string store = Path.Combine(folder, "checkpoints");
        _ = new CheckpointStore(store, keep: 2).Save(64, [new("weights.bin", stream => stream.Write("weights"u8)), new("position.json", stream => stream.Write("{}"u8))]);
        string path = Path.Combine(store, "000000064", CheckpointManifest.FileName);
        byte[] good = File.ReadAllBytes(path);
        return new("manifest", [good],
            input =>
            {
                Put(path, input);
                CheckpointSearch search = new CheckpointStore(store, keep: 2).FindNewest();
                foreach (string name in search.Newest?.Names ?? [])
                    search.Newest!.OpenRead(name).Dispose();
                if (search.Newest is null)
                    throw new UnderpaintException(search.Rejected[0].Reason, "");
            })
        {
            Words = [.. JsonWords, .. new[] { "\"imagesSeen\":", "\"files\":", "\"name\":\"../../x\"", "\"length\":-1", "underpaint-checkpoint" }.Select(Encoding.UTF8.GetBytes)],
        };
    }

    private static FuzzTarget Metrics(string folder)
    {
        RunFolder run = NewRun(folder, "metrics");
        var log = new MetricsLog(run.MetricsFile);
        byte[] tick = """{"kind":"tick","imagesSeen":64,"phase":"structure","loss":0.5,"gradientNorm":1,"learningRate":1e-4,"imagesPerSecond":9,"lossByNoise":[null,0.25]}"""u8.ToArray();
        byte[] look = """{"kind":"validation","imagesSeen":64,"phase":"structure","images":4,"steps":2,"psnr":20,"ssim":0.5,"structurePsnr":19,"structureSsim":0.4}"""u8.ToArray();
        byte[] spike = """{"kind":"spike","imagesSeen":64,"phase":"structure","loss":9,"usualLoss":1,"gradientNorm":3,"images":["a.png"],"noiseShares":[0.5]}"""u8.ToArray();
        return new("metrics", [[.. tick, 10, .. look, 10, .. spike, 10], [.. tick, 10, .. tick]],
            input =>
            {
                Put(run.MetricsFile, input);
                log.Append(new JsonObject { ["imagesSeen"] = 128L });
                _ = RunMetrics.Read(run);
            })
        {
            Words = [.. JsonWords, [10], [10, 10], .. new[] { "\"kind\":\"tick\",", "\"imagesSeen\":", "\"lossByNoise\":" }.Select(Encoding.UTF8.GetBytes)],
        };
    }

    private static FuzzTarget Environment(string folder)
    {
        RunFolder run = NewRun(folder, "environment");
        byte[] good = """
            {"underpaint":"0.1.0","torch":"2.10.0","dotNet":".NET 10","system":"Linux","processor":"AVX2","device":"cpu","threads":2,
            "data":"photos","validation":null,"trainingImages":9,"validationImages":1,"dataFingerprint":"00ff","departures":["threads was 1, now 2"]}
            """u8.ToArray();
        return new("environment", [good],
            input =>
            {
                Put(run.EnvironmentFile, input);
                RunEnvironment read = RunEnvironment.Read(run);
                _ = read.After(read).DifferencesFrom(read with { DataFingerprint = "1" }).Count();
            })
        {
            Words = [.. JsonWords, .. new[] { "\"data\":null", "\"departures\":", "\"threads\":" }.Select(Encoding.UTF8.GetBytes)],
        };
    }

    private static FuzzTarget Writer(string folder)
    {
        string path = Path.Combine(folder, ".writer.json");
        return new("writer", ["""{"processId":12345,"host":"elsewhere","since":"2026-01-02T03:04:05Z"}"""u8.ToArray()],
            input =>
            {
                Put(path, input);
                if (RunWriter.Describe(path) == "another process")
                    throw new UnderpaintException("another process", "");
            })
        {
            Words = JsonWords,
        };
    }

    // Some file systems wait for the disk when a file is cut and written anew; a new file costs nothing.
    private static void Put(string path, byte[] input)
    {
        File.Delete(path);
        File.WriteAllBytes(path, input);
    }

    private static RunFolder NewRun(string folder, string name)
    {
        RunFolder run = RunFolder.CreateAt(Path.Combine(folder, name));
        File.WriteAllText(run.RecipeFile, "{}");
        return run;
    }

    private static byte[] Tensors(Dictionary<string, string>? metadata)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream,
            [TensorData.Floats("f", [2, 2], new float[] { 1, 2, 3, 4 }), new("u", DType.U8, [3], new byte[] { 1, 2, 3 }), new("e", DType.I64, [4, 0], Array.Empty<byte>())],
            metadata);
        return stream.ToArray();
    }

    private static IEnumerable<byte[]> TensorWords() =>
        new[] { "\"dtype\":\"F32\"", "\"shape\":[", "\"data_offsets\":[0,16]", "__metadata__", "4294967296" }.Select(Encoding.UTF8.GetBytes);
}
