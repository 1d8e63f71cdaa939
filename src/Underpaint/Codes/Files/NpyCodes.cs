using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Underpaint.Storage;

namespace Underpaint.Codes.Files;

/// <summary>
/// Codes as a NumPy array (N, code), with everything else in a JSON file beside it (<c>codes.npy.json</c>), and stochastic codes in an array of
/// their own (<c>codes.stochastic.npy</c>). The JSON file is removed first and written last, so that the three always belong together.
/// </summary>
internal sealed class NpyCodes : ICodeSource
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly NpyFile _codes;
    private readonly NpyFile? _stochasticCodes;
    private readonly NpyImages _images;

    public NpyCodes(string path)
    {
        string beside = BesideOf(path);
        if (!File.Exists(beside))
            throw CodeHeader.Broken(path, $"stands without {System.IO.Path.GetFileName(beside)}, which says what its codes are");
        _codes = NpyFile.Open(path);
        try
        {
            if (_codes.Shape is not [<= int.MaxValue, _])
                throw CodeHeader.Broken(path, $"holds {string.Join('×', _codes.Shape)} numbers, which are no codes");
            _images = NpyImages.Read(beside, Count);
            CheckShape(_codes, Count, Origin.CodeSize);
            if (Origin.StochasticCodeSize == 0)
                return;
            _stochasticCodes = NpyFile.Open(StochasticOf(path));
            CheckShape(_stochasticCodes, Count, Origin.Channels, Origin.ImageSize, Origin.ImageSize);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path => _codes.Path;

    public CodeOrigin Origin => _images.Header.Origin;

    public IReadOnlyList<string> LabelNames => _images.Header.LabelNames;

    public int Count => (int)_codes.Shape[0];

    public static void Write(string path, ICodeSource codes, CodeHeader header)
    {
        CheckLength(path, codes, header);
        Remove(BesideOf(path));
        var written = new List<string>();
        try
        {
            WriteArrays(path, codes, written.Add);
            AtomicFile.Write(BesideOf(path), stream => WriteBeside(stream, codes, header));
        }
        catch
        {
            // Alone they are no code file, and would stand in the way of the next one.
            written.ForEach(Remove);
            throw;
        }
    }

    /// <summary>The files that codes of an origin are written to, the codes first.</summary>
    public static IReadOnlyList<string> FilesOf(string path, CodeOrigin origin) =>
        origin.StochasticCodeSize > 0 ? [path, BesideOf(path), StochasticOf(path)] : [path, BesideOf(path)];

    public IEnumerable<CodeRows> Read(int rows = 64, CodeParts parts = CodeParts.All)
    {
        rows = CodeChecks.AtATime(rows, Origin);
        for (int first = 0; first < Count; first += rows)
        {
            int count = Math.Min(rows, Count - first);
            yield return CodeChecks.Check(new CodeRows
            {
                Indices = _images.IndicesOf(first, count),
                Labels = _images.LabelsOf(first, count),
                Files = _images.NamesOf(first, count),
                Codes = parts.HasFlag(CodeParts.Codes) ? Slice(_codes, first, count, Origin.CodeSize) : [],
                StochasticCodes = parts.HasFlag(CodeParts.StochasticCodes) && _stochasticCodes is { } file ? Slice(file, first, count, Origin.StochasticCodeSize) : [],
            }, _images.Header, Path);
        }
    }

    public void Dispose()
    {
        _codes.Dispose();
        _stochasticCodes?.Dispose();
    }

    private static string BesideOf(string path) => path + ".json";

    private static string StochasticOf(string path) => System.IO.Path.ChangeExtension(path, ".stochastic.npy");

    private static void WriteArrays(string path, ICodeSource codes, Action<string> onWritten)
    {
        CodeOrigin origin = codes.Origin;
        Put(path, [codes.Count, origin.CodeSize], CodeParts.Codes, rows => rows.Codes);
        if (origin.StochasticCodeSize > 0)
            Put(StochasticOf(path), [codes.Count, origin.Channels, origin.ImageSize, origin.ImageSize], CodeParts.StochasticCodes, rows => rows.StochasticCodes);

        void Put(string file, long[] shape, CodeParts part, Func<CodeRows, float[]> values)
        {
            NpyFile.Write(file, shape, stream =>
            {
                foreach (CodeRows rows in codes.Read(parts: part))
                    stream.Write(MemoryMarshal.AsBytes<float>(values(rows)));
            });
            onWritten(file);
        }
    }

    // {"codes": header, "images": {"indices": […], "labels": […], "files": […]}}, row by row.
    private static void WriteBeside(Stream stream, ICodeSource codes, CodeHeader header)
    {
        using var json = new Utf8JsonWriter(stream, Readable);
        json.WriteStartObject();
        json.WritePropertyName("codes");
        json.WriteRawValue(header.Write());
        json.WriteStartObject("images");
        WriteList("indices", (rows, i) => json.WriteNumberValue(rows.Indices[i]));
        WriteList("labels", (rows, i) => json.WriteNumberValue(rows.Labels[i]));
        WriteList("files", (rows, i) => json.WriteStringValue(rows.Files[i]));
        json.WriteEndObject();
        json.WriteEndObject();

        void WriteList(string name, Action<CodeRows, int> write)
        {
            json.WriteStartArray(name);
            foreach (CodeRows rows in codes.Read(parts: CodeParts.None))
            {
                for (int i = 0; i < rows.Count; i++)
                    write(rows, i);
                json.Flush();
            }
            json.WriteEndArray();
        }
    }

    /// <summary>Refuses names for which there would be no room beside the codes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">The images' names.</param>
    /// <exception cref="UnderpaintException">They are too long in all.</exception>
    public static void CheckNames(string path, IEnumerable<string> names) =>
        CheckLength(path, names.Sum(name => (long)Encoding.UTF8.GetByteCount(name) + NpyImages.LeastBytesPerImage));

    // What could not be read again is not begun.
    private static void CheckLength(string path, ICodeSource codes, CodeHeader header)
    {
        var beside = new TallyStream(Stream.Null);
        WriteBeside(beside, codes, header);
        CheckLength(path, beside.Length);
    }

    private static void CheckLength(string path, long bytes)
    {
        if (bytes <= NpyImages.MaxBytes)
            return;
        // What is done is kept in the same form for every format.
        string part = CodeEncoder.PartOf(path), other = CodeEncoder.PartOf(System.IO.Path.ChangeExtension(path, ".safetensors"));
        throw new UnderpaintException($"The names of the images take over {NpyImages.MaxBytes:N0} bytes, more than can stand beside {path}.",
            "Write to a file that ends in .safetensors or .parquet, which have no such limit"
            + (File.Exists(part) ? $"; rename {part} to {other} before, to keep what is done." : "."));
    }

    private static void CheckShape(NpyFile file, params long[] shape)
    {
        if (!file.Shape.SequenceEqual(shape))
            throw CodeHeader.Broken(file.Path, $"holds {string.Join('×', file.Shape)} numbers where {string.Join('×', shape)} belong");
    }

    private static float[] Slice(NpyFile file, int first, int count, int size)
    {
        var values = new float[count * size];
        file.Read((long)first * size, values);
        return values;
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(path, e);
        }
    }
}
