namespace Underpaint.Codes.Attributes;

/// <summary>CelebA's list of attributes: a count; names; then a file and −1 or 1 for each name, between spaces.</summary>
internal static class CelebaAttributes
{
    private const string FileName = "list_attr_celeba.txt";

    /// <summary>The list of published images: in their folder or beside it or their archive, there perhaps in <c>Anno</c>.</summary>
    /// <param name="images">The folder or archive of the images, or the folder of all of CelebA.</param>
    /// <exception cref="UnderpaintException">There is none.</exception>
    public static string ListOf(string images)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(images));
        string?[] folders = [path, Path.GetDirectoryName(path), Path.GetDirectoryName(Path.GetDirectoryName(path))];
        return folders.OfType<string>().SelectMany(folder => new[] { Path.Combine(folder, FileName), Path.Combine(folder, "Anno", FileName) })
            .FirstOrDefault(File.Exists)
            ?? throw new UnderpaintException($"There is no {FileName} in or beside {images}.", "Put it there, or name the file itself.");
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="FileFormatException">It is of another form.</exception>
    public static (string[] Names, IEnumerable<(string File, double[] Values)> Rows) Parse(TextReader text, string path)
    {
        if (!int.TryParse(text.ReadLine(), out int count))
            throw AttributeSheet.Broken(path, "is no list of attributes: its first line must say how many images follow");
        string[] names = Words(text.ReadLine() ?? "", AttributeSheet.MaxColumns + 1);
        return names.Length <= AttributeSheet.MaxColumns
            ? (names, ParseRows(text, count, names.Length, path))
            : throw AttributeSheet.Broken(path, $"has more than {AttributeSheet.MaxColumns} columns");
    }

    private static IEnumerable<(string File, double[] Values)> ParseRows(TextReader text, int count, int names, string path)
    {
        int found = 0;
        for (int line = 3; text.ReadLine() is { } words; line++)
        {
            if (string.IsNullOrWhiteSpace(words))
                continue;
            found++;
            // One more than belong there, so that too many are noticed.
            yield return ParseLine(Words(words, names + 2), names, path, line);
        }
        if (found != count)
            throw AttributeSheet.Broken(path, $"says that it has {count} images, and has {found}");
    }

    private static (string File, double[] Values) ParseLine(string[] words, int names, string path, int line) => words.Length == names + 1
        ? (words[0], [.. words.Skip(1).Select(word => word switch
        {
            "1" => 1.0,
            "-1" => -1.0,
            _ => throw AttributeSheet.Broken(path, $"has something other than -1 or 1 in line {line}"),
        })])
        : throw AttributeSheet.Broken(path, $"has {(words.Length > names ? "too many" : words.Length)} words in line {line}, where a file and {names} values belong");

    private static string[] Words(string line, int most) => line.Split((char[]?)null, most, StringSplitOptions.RemoveEmptyEntries);
}
