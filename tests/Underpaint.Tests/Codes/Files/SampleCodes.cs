using Parquet;
using Parquet.Schema;
using Underpaint.Codes;
using Underpaint.Codes.Files;
using Underpaint.Storage;
using Underpaint.Storage.Parquet;

namespace Underpaint.Tests.Codes.Files;

/// <summary>Codes of three numbers that no model made, of every other image from the first on.</summary>
internal sealed class SampleCodes(int count, bool exact, string? precision = null, int first = 0, int end = 500) : ICodeSource
{
    private const int CodeSize = 3;

    public string Path => "sample";

    public CodeOrigin Origin { get; } = new()
    {
        Model = new string('a', 64),
        CodeSize = CodeSize,
        ImageSize = 2,
        Channels = 3,
        Data = "folder photos/",
        Fingerprint = new string('b', 32),
        Images = 500,
        First = first,
        End = end,
        InversionSteps = exact ? 10 : null,
        Precision = precision,
    };

    public IReadOnlyList<string> LabelNames => ["cat", "Hündin \"Rex\""];

    public int Count => count;

    public CodeStatistics Statistics => CodeStatistics.Of([Codes], CodeSize);

    /// <summary>How often the stochastic codes were read.</summary>
    public int StochasticReads { get; private set; }

    private float[] Codes => [.. Enumerable.Range(0, count * CodeSize).Select(i => MathF.Sin(i) * 3 + 0.5f)];

    public IEnumerable<CodeRows> Read(int rows = 64, CodeParts parts = CodeParts.All)
    {
        CodeRows all = All();
        if (parts.HasFlag(CodeParts.StochasticCodes))
            StochasticReads++;
        return RowGroups.Of([all with
        {
            Codes = parts.HasFlag(CodeParts.Codes) ? all.Codes : [],
            StochasticCodes = parts.HasFlag(CodeParts.StochasticCodes) ? all.StochasticCodes : [],
        }], Math.Max(rows, count));
    }

    /// <summary>All that a code file holds.</summary>
    public static CodeRows[] ReadAll(string path)
    {
        using ICodeSource codes = CodeFile.Open(path);
        return [.. codes.Read()];
    }

    public void Dispose()
    {
    }

    /// <summary>What a code file says about its codes.</summary>
    public static CodeHeader HeaderIn(string path)
    {
        switch (System.IO.Path.GetExtension(path))
        {
            case ".safetensors":
                using (SafetensorsFile file = SafetensorsFile.Open(path))
                    return CodeHeader.Parse(file.Metadata[CodeHeader.Key], path);
            case ".parquet":
                using (ParquetFile file = ParquetFile.Open(path))
                    return CodeHeader.Parse(file.Metadata[CodeHeader.Key], path);
            default:
                using (NpyFile file = NpyFile.Open(path))
                    return NpyImages.Read(path + ".json", (int)file.Shape[0]).Header;
        }
    }

    /// <summary>Their numbers in a compressed parquet file, which lacks everything else.</summary>
    public static byte[] CompressedParquet(ICodeSource codes)
    {
        using var bytes = new MemoryStream();
        WriteAsync().GetAwaiter().GetResult();
        return bytes.ToArray();

        async Task WriteAsync()
        {
            var index = new DataField<int>("index");
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new(index), bytes);
            writer.CustomMetadata = new Dictionary<string, string> { [CodeHeader.Key] = CodeHeader.Of(codes).Write() };
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<int>(index, new int[codes.Count]);
        }
    }

    private CodeRows All() => new()
    {
        Indices = [.. Enumerable.Range(0, count).Select(i => first + 2 * i)],
        Files = [.. Enumerable.Range(0, count).Select(i => $"ordner/Bäume {i}.png")],
        Labels = [.. Enumerable.Range(0, count).Select(i => i % 3 - 1)],
        Codes = Codes,
        StochasticCodes = exact ? [.. Enumerable.Range(0, count * 12).Select(i => MathF.Cos(i))] : [],
    };
}
