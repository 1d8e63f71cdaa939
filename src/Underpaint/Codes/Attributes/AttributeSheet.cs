using System.Text;
using System.Text.Unicode;
using Underpaint.Storage;

namespace Underpaint.Codes.Attributes;

/// <summary>
/// A file of attributes: a CSV with a header (the file's name first, then a column for each attribute), or a list in CelebA's form
/// (<c>list_attr_celeba.txt</c>: a count, the attributes' names, then a file's name and −1 or 1 for each).
/// </summary>
public sealed class AttributeSheet
{
    /// <summary>The most columns.</summary>
    internal const int MaxColumns = 10_000;

    private const int MaxBytes = 48 << 20;
    private const int MaxImages = 2_000_000;
    private const int NamedInErrors = 3;
    private const string Remedy = "Mend the file, or leave the attribute out.";
    private readonly Dictionary<string, double[]> _rows;

    private AttributeSheet(string path, IReadOnlyList<string> names, Dictionary<string, double[]> rows) =>
        (Path, Names, _rows) = (path, names, rows);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The attributes' names, in the file's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many images it is about.</summary>
    public int Count => _rows.Count;

    /// <summary>Reads a file: one that ends in <c>.csv</c> as CSV, any other in CelebA's form.</summary>
    /// <param name="path">
    /// The file, in UTF-8; at most 48 MiB, 10 000 columns and 2 000 000 images. Or the folder or the zip archive of CelebA's images as
    /// published, with <c>list_attr_celeba.txt</c> in it or beside it.
    /// </param>
    /// <exception cref="FileFormatException">It has two columns or two images of one name, a value that is missing or no finite number, …</exception>
    /// <exception cref="UnderpaintException">It is missing or cannot be read.</exception>
    public static AttributeSheet Read(string path)
    {
        if (Directory.Exists(path) || HasEnding(path, ".zip"))
            path = CelebaAttributes.ListOf(path);
        byte[] bytes = SmallFile.Read(path, MaxBytes) ?? throw Broken(path, $"has over {MaxBytes} bytes");
        if (!Utf8.IsValid(bytes))
            throw Broken(path, "is not UTF-8 text");
        int start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        using var text = new StreamReader(new MemoryStream(bytes));
        var (names, rows) = HasEnding(path, ".csv") ? CsvAttributes.Parse(bytes.AsMemory(start), path) : CelebaAttributes.Parse(text, path);
        return Gather(path, names, rows);
    }

    /// <summary>Gives each code the values of its image. An image is found by its whole name, or by its file name alone where only one has it.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="allowMissing">Whether to leave out images that only one side has, instead of refusing them. Default false.</param>
    /// <returns>The codes that have values, with them.</returns>
    /// <exception cref="FileFormatException">An image is missing on one side, or none is left.</exception>
    public LabelledCodes Match(CodeTable codes, bool allowMissing = false)
    {
        string[] keys = KeysOf(codes.Rows.Files);
        int[] found = [.. Enumerable.Range(0, codes.Count).Where(i => _rows.ContainsKey(keys[i]))];
        if (!allowMissing || found.Length == 0)
        {
            Refuse(_rows.Keys.Except(keys), images => $"is about {images} of which {codes.Path} has no codes");
            Refuse(keys.Where(key => !_rows.ContainsKey(key)), images => $"is to be used with {images} about which it says nothing");
        }
        CodeTable chosen = found.Length == codes.Count ? codes : codes.At(found);
        double[][] values = [.. found.Select(i => _rows[keys[i]])];
        return new(chosen, [.. Names.Select((name, column) => AttributeValues.Of(name, [.. values.Select(row => row[column])]))]);
    }

    private static AttributeSheet Gather(string path, string[] names, IEnumerable<(string File, double[] Values)> rows)
    {
        if (names.Length == 0)
            throw Broken(path, "names no attribute");
        if (names.CountBy(name => name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw Broken(path, $"has two columns named {Quotation.Of(twice)}");
        var byFile = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var (file, values) in rows)
        {
            if (byFile.Count == MaxImages)
                throw Broken(path, $"is about more than {MaxImages:N0} images");
            if (!byFile.TryAdd(file, values))
                throw Broken(path, $"names the image {Quotation.Of(file)} twice");
        }
        return byFile.Count > 0 ? new(path, names, byFile) : throw Broken(path, "is about no image");
    }

    internal static FileFormatException Broken(string path, string problem, Exception? inner = null) => new(path, problem, Remedy, inner);

    private static bool HasEnding(string path, string ending) =>
        System.IO.Path.GetExtension(path).Equals(ending, StringComparison.OrdinalIgnoreCase);

    private string[] KeysOf(string[] files)
    {
        var counts = files.CountBy(FileNameOf).ToDictionary(StringComparer.Ordinal);
        return [.. files.Select(file => _rows.ContainsKey(file) || counts[FileNameOf(file)] > 1 ? file : FileNameOf(file))];
    }

    private void Refuse(IEnumerable<string> files, Func<string, string> problem)
    {
        string[] missing = [.. files];
        if (missing.Length == 0)
            return;
        string named = string.Join(", ", missing.Take(NamedInErrors).Select(Quotation.Of)) + (missing.Length > NamedInErrors ? ", …" : "");
        throw new FileFormatException(Path, $"{problem($"{missing.Length} image{(missing.Length == 1 ? "" : "s")}")} ({named})",
            "Encode the images that the file is about, or use only those that both have (--allow-missing).");
    }

    private static string FileNameOf(string file) => file[(file.LastIndexOf('/') + 1)..];
}
