using Parquet;
using Parquet.Schema;

namespace Underpaint.Tests.Data;

/// <summary>Writes parquet files of images as Hugging Face has them, by another library.</summary>
internal sealed class TestParquet
{
    /// <summary>The images; null for a row without one.</summary>
    public required IReadOnlyList<byte[]?> Images { get; init; }

    /// <summary>Their paths; null to leave the column out.</summary>
    public IReadOnlyList<string?>? Paths { get; init; }

    /// <summary>Their classes by number.</summary>
    public IReadOnlyList<long?>? Labels { get; init; }

    /// <summary>Their classes by name, instead.</summary>
    public IReadOnlyList<string>? LabelTexts { get; init; }

    /// <summary>What the column of images is called.</summary>
    public string ImageColumn { get; init; } = "image";

    /// <summary>What the column of classes is called.</summary>
    public string LabelColumn { get; init; } = "label";

    /// <summary>The classes' names, as metadata.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>How pages are compressed.</summary>
    public CompressionMethod Codec { get; init; } = CompressionMethod.Snappy;

    /// <summary>Whether paths and images are written with dictionaries.</summary>
    public bool HasDictionary { get; init; }

    /// <summary>Rows in a group.</summary>
    public int RowsPerGroup { get; init; } = 1000;

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        WriteAsync(bytes).GetAwaiter().GetResult();
        return bytes.ToArray();
    }

    private async Task WriteAsync(Stream stream)
    {
        DataField image = new DataField<byte[]>("bytes", nullable: true), path = new DataField<string>("path", nullable: true);
        DataField label = LabelTexts is null ? new DataField<long>(LabelColumn, nullable: true) : new DataField<string>(LabelColumn, nullable: true);
        List<Field> fields = [new StructField(ImageColumn, Paths is null ? [image] : [image, path])];
        if (Labels is not null || LabelTexts is not null)
            fields.Add(label);
        var options = new ParquetOptions { CompressionMethod = Codec };
        foreach (string column in HasDictionary ? (string[])[$"{ImageColumn}/bytes", $"{ImageColumn}/path", LabelColumn] : [])
            options.ColumnEncodingHints[column] = EncodingHint.Dictionary;
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, options);
        if (LabelNames is not null)
            writer.CustomMetadata = new Dictionary<string, string> { ["huggingface"] = Features() };
        for (int first = 0; first < Images.Count; first += RowsPerGroup)
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync(image, [.. Images.Skip(first).Take(RowsPerGroup)!]);
            if (Paths is not null)
                await group.WriteAsync(path, [.. Paths.Skip(first).Take(RowsPerGroup)!]);
            if (LabelTexts is not null)
                await group.WriteAsync(label, [.. LabelTexts.Skip(first).Take(RowsPerGroup)]);
            else if (Labels is not null)
                await group.WriteAsync<long>(label, Labels.Skip(first).Take(RowsPerGroup).ToArray().AsMemory());
        }
    }

    private string Features()
    {
        string names = string.Join(", ", LabelNames!.Select(name => $"\"{name}\""));
        return $$"""{"info": {"features": {"{{ImageColumn}}": {"_type": "Image"}, "{{LabelColumn}}": {"names": [{{names}}], "_type": "ClassLabel"} } } }""";
    }
}
