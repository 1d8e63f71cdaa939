using Underpaint.Codes;
using Underpaint.Codes.Files;
using Underpaint.Codes.Latents;
using Underpaint.Networks;
using Underpaint.Reports;
using Underpaint.Tests.Codes.Files;

namespace Underpaint.Harness.Fuzzing;

/// <summary>The readers of code files, and of what is written beside their pictures.</summary>
internal static class CodeTargets
{
    private static readonly byte[][] HeaderWords =
    [
        .. FuzzWords.Json, .. FuzzWords.Of("\"codeSize\":3", "\"inversionSteps\":10", "\"labelNames\":[", "\"deviation\":[", "underpaint.codes"),
    ];

    /// <summary>All of them; they use a folder for the files that they read.</summary>
    public static IEnumerable<FuzzTarget> All(string folder) =>
        [Safetensors(folder), Npy(folder), BesideNpy(folder), Parquet(folder), Journal(folder), Latent(folder), Decoding(folder)];

    private static FuzzTarget Safetensors(string folder) => new("codes", [Written(folder, ".safetensors", false), Written(folder, ".safetensors", true)],
        input => Read(Path.Combine(folder, "fuzz-codes.safetensors"), input))
    {
        Words = [.. HeaderWords, .. FuzzWords.Of("\"dtype\":\"F32\"", "\"shape\":[", "\"data_offsets\":[0,16]", "fileEnds", "stochasticCodes")],
    };

    private static FuzzTarget Npy(string folder)
    {
        string path = Path.Combine(folder, "fuzz-codes.npy");
        byte[] seed = Written(folder, ".npy", false);
        File.Copy(Path.Combine(folder, "seed.npy.json"), path + ".json", overwrite: true);
        return new("npy", [seed], input => Read(path, input))
        {
            Words = FuzzWords.Of("\u0093NUMPY", "'descr'", "'<f8'", "'|O'", "'fortran_order': True", "'shape': (", ",), }", "99999999999").ToArray(),
        };
    }

    private static FuzzTarget BesideNpy(string folder)
    {
        string path = Path.Combine(folder, "fuzz-beside.npy");
        File.WriteAllBytes(path, Written(folder, ".npy", false));
        byte[] seed = File.ReadAllBytes(Path.Combine(folder, "seed.npy.json"));
        return new("npy-json", [seed], input => Read(path, input, path + ".json")) { Words = HeaderWords };
    }

    private static FuzzTarget Parquet(string folder)
    {
        using var codes = new SampleCodes(count: 20, exact: false);
        return new("parquet",
            [Written(folder, ".parquet", false), Written(folder, ".parquet", true), SampleCodes.CompressedParquet(codes)],
            input => Read(Path.Combine(folder, "fuzz-codes.parquet"), input))
        {
            Words =
            [
                .. HeaderWords, .. FuzzWords.Of("PAR1", "element", "list"), [0x15, 0], [0x15, 2], [0x19, 0xFC], [0x1C], [0x2C], [0x4C], [0x26, 0xFE, 0xFF, 0x7F],
                [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFE, 0xFF, 0xFF, 0xFF, 0x0F], [0, 0],
            ],
        };
    }

    private static FuzzTarget Journal(string folder)
    {
        string path = Path.Combine(folder, "fuzz-codes.part");
        using var codes = new SampleCodes(count: 4, exact: true);
        CodeHeader header = CodeHeader.Unfinished(codes.Origin, codes.LabelNames);
        return new("journal", [Begun(path, header, codes)],
            input =>
            {
                FuzzTarget.Put(path, input);
                using CodeJournal journal = CodeJournal.Open(path, header);
                foreach (CodeRows rows in journal.Read())
                    GC.KeepAlive(rows);
            })
        {
            Words = HeaderWords,
            Mend = JournalChecksums.Mend,
        };
    }

    private static FuzzTarget Latent(string folder)
    {
        string path = Path.Combine(folder, "fuzz-latent.safetensors");
        var description = new LatentDescription
        {
            Model = new string('a', 64),
            Data = "folder photos/",
            Codes = 4,
            CodesSha256 = new string('b', 64),
            Statistics = new([0, 0, 0], [1, 1, 1]),
            ImagesSeen = 64,
            Recipe = new() { Network = new() { Width = 2, Layers = 2 } },
        };
        using var layout = new LatentNetwork(description.Recipe.Network, description.CodeSize);
        LatentFile.Save(path, description, new float[layout.Weights.Count]);
        return new("latent", [File.ReadAllBytes(path)],
            input =>
            {
                FuzzTarget.Put(path, input);
                _ = LatentFile.Load(path);
            })
        {
            Words =
            [
                .. HeaderWords, .. FuzzWords.Of("underpaint.latent", "underpaint.latentRecipe", "\\\"layers\\\": 100", "\\\"width\\\": 65536", "\\\"format\\\":1"),
            ],
        };
    }

    private static FuzzTarget Decoding(string folder)
    {
        string pictures = Path.Combine(folder, "decoded"), path = Path.Combine(pictures, "decoding.json");
        Directory.CreateDirectory(pictures);
        var decoding = new DecodingFile(new string('a', 64), new string('b', 64), "float32", 10, "dpm++", "log-snr", 0);
        decoding.Claim(pictures, "*.png");
        byte[] good = File.ReadAllBytes(path);
        File.WriteAllBytes(Path.Combine(pictures, "a.decoded.png"), []);
        return new("decoding", [good],
            input =>
            {
                FuzzTarget.Put(path, input);
                decoding.Claim(pictures, "*.png");
            })
        {
            Words = [.. FuzzWords.Json, .. FuzzWords.Of("\"model\":", "\"codes\":null", "\"steps\":-1", "\"seed\":1", "float32")],
        };
    }

    private static byte[] Begun(string path, CodeHeader header, SampleCodes codes)
    {
        File.Delete(path);
        using (CodeJournal journal = CodeJournal.Open(path, header))
        {
            int next = 0;
            foreach (CodeRows rows in RowGroups.Of(codes.Read(), 2))
                journal.Add(rows, next += 4);
        }
        return File.ReadAllBytes(path);
    }

    private static byte[] Written(string folder, string kind, bool exact)
    {
        using var codes = new SampleCodes(count: 4, exact);
        string path = Path.Combine(folder, $"seed{kind}");
        CodeFile.Write(path, codes);
        return File.ReadAllBytes(path);
    }

    private static void Read(string path, byte[] input, string? changed = null)
    {
        FuzzTarget.Put(changed ?? path, input);
        using ICodeSource codes = CodeFile.Open(path);
        foreach (CodeRows rows in codes.Read())
            GC.KeepAlive(rows);
    }
}
