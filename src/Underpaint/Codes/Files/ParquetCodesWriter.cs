using Parquet;
using Parquet.Schema;
using Underpaint.Storage;

namespace Underpaint.Codes.Files;

/// <summary>Writes the files that <see cref="ParquetCodes"/> reads; any other reader of parquet understands them too.</summary>
internal static class ParquetCodesWriter
{
    // A group of rows is what readers hold in memory at a time.
    private const int ValuesPerGroup = 4 << 20;

    // Codes hardly shrink, and what is not compressed is not read through a decompressor.
    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.None };

    /// <summary>Writes codes, whole or not at all.</summary>
    public static void Write(string path, ICodeSource codes, CodeHeader header) =>
        AtomicFile.Write(path, stream => WriteAsync(stream, codes, header).GetAwaiter().GetResult());

    private static async Task WriteAsync(Stream stream, ICodeSource codes, CodeHeader header)
    {
        CodeOrigin origin = codes.Origin;
        DataField index = new DataField<int>(ParquetCodes.IndexColumn), file = new DataField<string>(ParquetCodes.FileColumn, nullable: false),
            label = new DataField<int>(ParquetCodes.LabelColumn), code = Element(), stochastic = Element();
        List<Field> columns = [index, file, label, new ListField(ParquetCodes.CodeColumn, code)];
        if (origin.StochasticCodeSize > 0)
            columns.Add(new ListField(ParquetCodes.StochasticCodeColumn, stochastic));
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns), stream, Options);
        writer.CustomMetadata = new Dictionary<string, string> { [CodeHeader.Key] = header.Write() };
        // Divided by place alone, so that the same codes give the same bytes however they come.
        int perGroup = Math.Max(1, ValuesPerGroup / (origin.CodeSize + origin.StochasticCodeSize));
        foreach (CodeRows rows in RowGroups.Of(codes.Read(), perGroup))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<int>(index, rows.Indices);
            await group.WriteAsync(file, rows.Files);
            await group.WriteAsync<int>(label, rows.Labels);
            await WriteListsAsync(group, code, rows.Codes, origin.CodeSize);
            if (origin.StochasticCodeSize > 0)
                await WriteListsAsync(group, stochastic, rows.StochasticCodes, origin.StochasticCodeSize);
        }
    }

    private static DataField<float> Element() => new(ListField.ElementName);

    private static Task WriteListsAsync(ParquetRowGroupWriter group, DataField element, float[] values, int perRow)
    {
        int[] present = new int[values.Length], repeated = new int[values.Length];
        Array.Fill(present, element.MaxDefinitionLevel);
        for (int i = 0; i < repeated.Length; i++)
            repeated[i] = i % perRow == 0 ? 0 : 1;
        return group.WriteAllPartsAsync<float>(element, values, present, repeated, CancellationToken.None);
    }
}
