using Underpaint.Storage;
using Underpaint.Storage.Parquet;

namespace Underpaint.Data.Sources;

/// <summary>Which columns of a parquet file hold images, their names and their classes.</summary>
/// <param name="Images">The encoded images.</param>
/// <param name="Names">Their names; null where there are none.</param>
/// <param name="Labels">Their classes; likewise.</param>
/// <param name="LabelNames">The classes' names; null where they are not told.</param>
internal sealed record ParquetColumns(ParquetColumn Images, ParquetColumn? Names, ParquetColumn? Labels, IReadOnlyList<string>? LabelNames)
{
    private const string Remedy = "Give a file with a column \"image\" of encoded images, as Hugging Face publishes them.";
    private static readonly string[] ImageColumns = ["image", "img", "jpg", "png", "webp"];
    private static readonly string[] LabelColumns = ["label", "labels", "class", "target"];

    /// <summary>Finds them by their names and kinds.</summary>
    /// <exception cref="FileFormatException">There are no images, or it is not clear which are meant.</exception>
    public static ParquetColumns Of(ParquetFile file)
    {
        ParquetColumn images = FindImages(file);
        string parent = images.Path.EndsWith(".bytes", StringComparison.Ordinal) ? images.Path[..^".bytes".Length] : "";
        var classes = HuggingFaceFeatures.Classes(file.Metadata.GetValueOrDefault(HuggingFaceFeatures.Key), file.Path);
        ParquetColumn? labels = FindLabels(file, [.. classes.Select(found => found.Column)]);
        return new(images, Find(file, $"{parent}.path", ParquetType.Bytes), labels, classes.FirstOrDefault(found => found.Column == labels?.Path).Names);
    }

    // A struct of "bytes" and "path", or bytes under one of the usual names.
    private static ParquetColumn FindImages(ParquetFile file)
    {
        ParquetColumn[] bytes = [.. file.Columns.Where(column => column.Type == (long)ParquetType.Bytes && column.MaxRepetition == 0)];
        ParquetColumn[] structs = [.. bytes.Where(column => column.Path.EndsWith(".bytes", StringComparison.Ordinal))];
        foreach (string name in ImageColumns)
        {
            ParquetColumn? found = structs.FirstOrDefault(column => column.Path == $"{name}.bytes") ?? bytes.FirstOrDefault(column => column.Path == name);
            if (found is not null)
                return found;
        }
        return structs switch
        {
            [var only] => only,
            [] => throw new FileFormatException(file.Path, "has no column of images", Remedy),
            _ => throw new FileFormatException(file.Path,
                $"has several columns of images ({string.Join(", ", structs.Take(8).Select(column => Quotation.Of(column.Path)))}), none of them called \"image\"", Remedy),
        };
    }

    private static ParquetColumn? FindLabels(ParquetFile file, IReadOnlyList<string> classes)
    {
        ParquetColumn[] flat = [.. file.Columns.Where(column => column.MaxRepetition == 0)];
        ParquetColumn[] numbers = [.. flat.Where(column => column.Type is (long)ParquetType.Int32 or (long)ParquetType.Int64)];
        return LabelColumns.Select(name => flat.FirstOrDefault(column => column.Path == name && (numbers.Contains(column) || column.Type == (long)ParquetType.Bytes)))
                .FirstOrDefault(column => column is not null)
            ?? numbers.FirstOrDefault(column => classes.Contains(column.Path))
            ?? numbers.FirstOrDefault(column => column.Path.EndsWith("label", StringComparison.Ordinal));
    }

    private static ParquetColumn? Find(ParquetFile file, string path, ParquetType type) =>
        file.Columns.FirstOrDefault(column => column.Path == path && column.Type == (long)type && column.MaxRepetition == 0);
}
