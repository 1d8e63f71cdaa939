using System.IO.Compression;
using System.Text;
using Parquet;
using Parquet.Schema;
using Underpaint.Codes;
using Underpaint.Codes.Attributes;
using Underpaint.Codes.Files;
using Underpaint.Data.Sources;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Tests.Codes.Files;

namespace Underpaint.Harness.Limits;

/// <summary>Files of codes, attributes, metrics and plain values at the declared limits, those that take most memory for their length.</summary>
internal static class LargeTables
{
    private const int HeaderBytes = 32 << 20;

    private static readonly CodeOrigin Origin = new()
    {
        Model = new string('a', 64),
        CodeSize = 1,
        ImageSize = 2,
        Channels = 3,
        Data = "folder photos/",
        Fingerprint = new string('b', 32),
        Images = int.MaxValue,
        First = 0,
        End = int.MaxValue,
    };

    /// <summary>All of them.</summary>
    public static IEnumerable<LargeFile> All =>
    [
        new("tensors.safetensors", path => WriteHeader(path, Tensors()), path => SafetensorsFile.Open(path).Dispose()),
        new("classes.safetensors", path => WriteHeader(path, Classes()), path => CodeFile.Open(path).Dispose()),
        new("imagenet.npy", path => WriteNpy(path, 1_281_167, i => $"train/n{i / 1300:00000000}/n{i / 1300:00000000}_{i}.JPEG"), ReadCodes),
        new("most-codes.npy", path => WriteNpy(path, (128 << 20) / 8 - 100, _ => ""), ReadCodes),
        new("group.parquet", WriteParquet, ReadCodes),
        new("footer.parquet", WriteFooter, path => CodeFile.Open(path).Dispose()),
        new("wide.csv", path => WriteLines(path, Repeated("x", 10_000), i => $"{i:x}" + Repeated("1", 10_000), 48 << 20), path => AttributeSheet.Read(path)),
        new("most-images.csv", path => WriteLines(path, "file,x,y,z,a,b,c,d,e,f,g,h", i => $"{i:x}" + Repeated("1", 11), 48 << 20), path => AttributeSheet.Read(path)),
        new("ticks.jsonl", path => WriteLines(path, null, _ => Tick, MetricsLog.MaxBytes), ReadMetrics),
        new("names.jsonl", path => WriteLines(path, null, _ => Spike, MetricsLog.MaxBytes), ReadMetrics),
        new("plain-idx3-ubyte", path => WriteIdx(path, images: 1_300_000), ReadImages),
        new("packed-idx3-ubyte.gz", WritePacked, ReadImages),
    ];

    private static string Tick =>
        """{"kind":"tick","imagesSeen":1,"phase":"","loss":0,"gradientNorm":0,"learningRate":0,"imagesPerSecond":0,"lossByNoise":[]}""";

    private static string Spike { get; } =
        """{"kind":"spike","imagesSeen":1,"phase":"","loss":0,"usualLoss":0,"gradientNorm":0,"noiseShares":[],"images":["""
        + string.Join(',', Enumerable.Repeat("\"a\"", 200_000)) + "]}";

    private static string Repeated(string field, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => field == "x" ? $",{i:x}" : $",{field}"));

    private static string Tensors()
    {
        var json = new StringBuilder("{");
        for (int i = 0; i < 99_999; i++)
            json.Append($"\"{i}{new string('n', 270)}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}},");
        return json.Append("\"last\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}").ToString();
    }

    // A description of more classes than there can be.
    private static string Classes()
    {
        string header = CodeHeader.Unfinished(Origin, []).Write().Replace("\"labelNames\":[]", "\"labelNames\":[@]", StringComparison.Ordinal);
        string names = string.Join(',', Enumerable.Repeat("\"\"", (HeaderBytes - 2000) / 5));
        return $"{{\"__metadata__\":{{\"{CodeHeader.Key}\":\"{header.Replace("@", names, StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"}}}}";
    }

    private static void WriteHeader(string path, string json)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. header]);
    }

    private static void WriteNpy(string path, int count, Func<int, string> nameOf)
    {
        File.WriteAllBytes(path, [.. new NpyHeader(DType.F16, [count, 1]).ToBytes(), .. new byte[2 * count]]);
        CodeHeader header = CodeHeader.Unfinished(Origin, []) with { Statistics = new([0], [1]) };
        using var json = new StreamWriter(path + ".json");
        json.Write($"{{\"codes\":{header.Write()},\"images\":{{\"indices\":[0");
        for (int i = 1; i < count; i++)
            json.Write(",0");
        json.Write("],\"labels\":[-1");
        for (int i = 1; i < count; i++)
            json.Write(",-1");
        json.Write($"],\"files\":[\"{nameOf(0)}\"");
        for (int i = 1; i < count; i++)
            json.Write($",\"{nameOf(i)}\"");
        json.Write("]}}");
    }

    // As many rows in one group as are read.
    private static void WriteParquet(string path)
    {
        const int Size = 512, Rows = (1 << 24) / (Size + 8);
        using var sample = new SampleCodes(count: 1, exact: false);
        CodeHeader header = CodeHeader.Of(sample) with { Origin = Origin with { CodeSize = Size }, Statistics = new(new double[Size], new double[Size]), LabelNames = [] };
        WriteAsync().GetAwaiter().GetResult();

        async Task WriteAsync()
        {
            DataField index = new DataField<int>("index"), file = new DataField<string>("file", nullable: false), label = new DataField<int>("label"),
                code = new DataField<float>(ListField.ElementName);
            await using FileStream stream = File.Create(path);
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(
                new(index, file, label, new ListField("code", code)), stream, new() { CompressionMethod = CompressionMethod.None });
            writer.CustomMetadata = new Dictionary<string, string> { [CodeHeader.Key] = header.Write() };
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<int>(index, new int[Rows]);
            await group.WriteAsync(file, Enumerable.Range(0, Rows).Select(i => $"{i}.png").ToArray());
            await group.WriteAsync<int>(label, Enumerable.Repeat(-1, Rows).ToArray());
            int[] present = [.. Enumerable.Repeat(code.MaxDefinitionLevel, Rows * Size)], repeated = [.. Enumerable.Range(0, Rows * Size).Select(i => i % Size == 0 ? 0 : 1)];
            await group.WriteAllPartsAsync<float>(code, new float[Rows * Size], present, repeated, CancellationToken.None);
        }
    }

    // A list of structures with one small number each.
    private static void WriteFooter(string path)
    {
        const int Count = 990_000;
        byte[] list = [0x29, 0xFC, (Count & 127) | 128, ((Count >> 7) & 127) | 128, (Count >> 14) & 127];
        byte[] footer = [.. list, .. Enumerable.Range(0, Count).SelectMany(_ => new byte[] { 0x15, 0, 0 }), 0];
        File.WriteAllBytes(path, [.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8]);
    }

    private static void WriteLines(string path, string? first, Func<int, string> line, long bytes)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        if (first is not null)
            file.WriteLine(first.StartsWith(',') ? "file" + first : first);
        long left = bytes - (first?.Length ?? 0) - 8;
        for (int i = 0; i < 2_000_000; i++)
        {
            string text = line(i);
            left -= text.Length + 1;
            if (left < 0)
                return;
            file.WriteLine(text);
        }
    }

    // Zeros that take no room on most disks.
    private static void WriteIdx(string path, int images)
    {
        using FileStream file = File.Create(path);
        file.Write([0, 0, 8, 3, (byte)(images >> 24), (byte)(images >> 16), (byte)(images >> 8), (byte)images, 0, 0, 0, 28, 0, 0, 0, 28]);
        file.SetLength(16 + 784L * images);
    }

    private static void WritePacked(string path)
    {
        WriteIdx(path + ".plain", (448 << 20) / 784 - 1);
        using (FileStream plain = File.OpenRead(path + ".plain"), packed = File.Create(path))
        {
            using var gzip = new GZipStream(packed, CompressionLevel.Fastest);
            plain.CopyTo(gzip);
        }
        File.Delete(path + ".plain");
    }

    private static void ReadCodes(string path)
    {
        using ICodeSource codes = CodeFile.Open(path);
        foreach (CodeRows rows in codes.Read())
            GC.KeepAlive(rows);
    }

    private static void ReadMetrics(string path)
    {
        RunFolder run = RunFolder.CreateAt(Directory.CreateTempSubdirectory().FullName + "/run");
        try
        {
            File.Copy(path, run.MetricsFile, overwrite: true);
            GC.KeepAlive(RunMetrics.Read(run));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(run.MetricsFile))!, recursive: true);
        }
    }

    private static void ReadImages(string path)
    {
        using var source = new IdxSource(path);
        _ = source.Read(source.Count - 1);
        _ = source.Fingerprint();
    }
}
