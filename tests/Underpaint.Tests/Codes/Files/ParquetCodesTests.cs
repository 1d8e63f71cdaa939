using Parquet;
using Parquet.Schema;
using Underpaint.Codes;
using Underpaint.Codes.Files;

namespace Underpaint.Tests.Codes.Files;

/// <summary>Parquet files as others read and write them.</summary>
public sealed class ParquetCodesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_parquet_file_whose_groups_are_too_large_for_memory_is_refused_with_the_remedy()
    {
        using var codes = new SampleCodes(count: 1, exact: false);
        string path = _folder.File("a.parquet");
        const int Rows = (1 << 24) / 11 + 1;
        await using (FileStream stream = File.Create(path))
        {
            var label = new DataField<int>("label");
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new(label), stream, new() { CompressionMethod = CompressionMethod.None });
            writer.CustomMetadata = new Dictionary<string, string> { [CodeHeader.Key] = CodeHeader.Of(codes).Write() };
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<int>(label, new int[Rows]);
        }
        Assert.Contains("row_group_size=1525201", Assert.Throws<FileFormatException>(() => SampleCodes.ReadAll(path)).Message);
    }

    [Fact]
    public async Task Another_reader_understands_our_parquet_files()
    {
        using var codes = new SampleCodes(count: 3, exact: false);
        string path = _folder.File("a.parquet");
        CodeFile.Write(path, codes);
        await using ParquetReader reader = await ParquetReader.CreateAsync(path);
        DataField[] fields = reader.Schema.GetDataFields();
        Assert.Equal(["index", "file", "label", "code/list/element"], fields.Select(field => field.Path.ToString()));
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        float[] values = new float[9];
        int[] present = new int[9], repeated = new int[9];
        await group.ReadRawAsync<float>(fields[3], values, present, repeated);
        Assert.Equal(codes.Read().Single().Codes, values);
        Assert.Equal([0, 1, 1, 0, 1, 1, 0, 1, 1], repeated);
        string?[] files = new string?[3];
        await group.ReadAsync(fields[1], files);
        Assert.Equal(codes.Read().Single().Files, files);
    }

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Zstd)]
    public async Task A_parquet_file_that_another_writer_wrote_with_dictionaries_and_groups_is_read(CompressionMethod codec)
    {
        using var codes = new SampleCodes(count: 6, exact: false);
        CodeRows rows = codes.Read().Single();
        string path = _folder.File("a.parquet");
        var options = new ParquetOptions { CompressionMethod = codec };
        options.ColumnEncodingHints["file"] = EncodingHint.Dictionary;
        DataField code = new DataField<float>("item"), file = new DataField<string>("file"), label = new DataField<int>("label"), index = new DataField<int>("index");
        await using (FileStream stream = File.Create(path))
        {
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new(new ListField("code", code), label, index, file), stream, options);
            writer.CustomMetadata = new Dictionary<string, string> { [CodeHeader.Key] = CodeHeader.Of(codes).Write(), ["pandas"] = "{}" };
            for (int first = 0; first < 6; first += 3)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                int[] present = [.. Enumerable.Repeat(code.MaxDefinitionLevel, 9)];
                await group.WriteAllPartsAsync<float>(code, rows.Codes.AsMemory(first * 3, 9), present, new[] { 0, 1, 1, 0, 1, 1, 0, 1, 1 }, default);
                await group.WriteAsync<int>(label, rows.Labels.AsMemory(first, 3));
                await group.WriteAsync<int>(index, rows.Indices.AsMemory(first, 3));
                await group.WriteAsync(file, ["same", "same", "same"]);
            }
        }
        CodeRows[] read = SampleCodes.ReadAll(path);
        Assert.Equal(rows.Codes, read.SelectMany(piece => piece.Codes));
        Assert.Equal(rows.Labels, read.SelectMany(piece => piece.Labels));
        Assert.Equal(Enumerable.Repeat("same", 6), read.SelectMany(piece => piece.Files));
    }

    [Fact]
    public void A_parquet_file_that_lacks_a_column_is_refused_compressed_or_not()
    {
        using var codes = new SampleCodes(count: 200, exact: false);
        File.WriteAllBytes(_folder.File("a.parquet"), SampleCodes.CompressedParquet(codes));
        Assert.Contains("no column 'file'", Assert.Throws<FileFormatException>(() => SampleCodes.ReadAll(_folder.File("a.parquet"))).Message);
    }
}
