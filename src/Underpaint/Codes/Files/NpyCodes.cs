using System.Runtime.InteropServices;
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
    private const int MaxBesideBytes = 512 << 20;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly NpyFile _codes;
    private readonly NpyFile? _stochasticCodes;
    private readonly CodeHeader _header;
    private readonly ImageList _images;

    public NpyCodes(string path)
    {
        string beside = BesideOf(path);
        if (!File.Exists(beside))
            throw CodeHeader.Broken(path, $"stands without {System.IO.Path.GetFileName(beside)}, which says what its codes are");
        (_header, _images) = ReadBeside(beside);
        Statistics = _header.StatisticsOf(beside);
        _codes = NpyFile.Open(path);
        try
        {
            CheckShape(_codes, _images.Indices.Length, Origin.CodeSize);
            if (Origin.StochasticCodeSize == 0)
                return;
            _stochasticCodes = NpyFile.Open(StochasticOf(path));
            CheckShape(_stochasticCodes, _images.Indices.Length, Origin.Channels, Origin.ImageSize, Origin.ImageSize);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path => _codes.Path;

    public CodeOrigin Origin => _header.Origin;

    public IReadOnlyList<string> LabelNames => _header.LabelNames;

    public int Count => _images.Indices.Length;

    public CodeStatistics Statistics { get; }

    public static void Write(string path, ICodeSource codes)
    {
        CodeOrigin origin = codes.Origin;
        Remove(BesideOf(path));
        NpyFile.Write(path, [codes.Count, origin.CodeSize], stream =>
        {
            foreach (CodeRows rows in codes.Read())
                stream.Write(MemoryMarshal.AsBytes<float>(rows.Codes));
        });
        if (origin.StochasticCodeSize > 0)
            NpyFile.Write(StochasticOf(path), [codes.Count, origin.Channels, origin.ImageSize, origin.ImageSize], stream =>
            {
                foreach (CodeRows rows in codes.Read())
                    stream.Write(MemoryMarshal.AsBytes<float>(rows.StochasticCodes));
            });
        AtomicFile.Write(BesideOf(path), stream => WriteBeside(stream, codes));
    }

    public IEnumerable<CodeRows> Read(int rows = 64)
    {
        rows = CodeChecks.AtATime(rows, Origin);
        for (int first = 0; first < Count; first += rows)
        {
            int count = Math.Min(rows, Count - first);
            yield return CodeChecks.Check(new CodeRows
            {
                Indices = _images.Indices[first..(first + count)],
                Labels = _images.Labels[first..(first + count)],
                Files = _images.Files[first..(first + count)],
                Codes = Slice(_codes, first, count, Origin.CodeSize),
                StochasticCodes = _stochasticCodes is { } file ? Slice(file, first, count, Origin.StochasticCodeSize) : [],
            }, _header, Path);
        }
    }

    public void Dispose()
    {
        _codes.Dispose();
        _stochasticCodes?.Dispose();
    }

    private static string BesideOf(string path) => path + ".json";

    private static string StochasticOf(string path) => System.IO.Path.ChangeExtension(path, ".stochastic.npy");

    // {"codes": header, "images": {"indices": […], "labels": […], "files": […]}}, row by row.
    private static void WriteBeside(Stream stream, ICodeSource codes)
    {
        using var json = new Utf8JsonWriter(stream, Readable);
        json.WriteStartObject();
        json.WritePropertyName("codes");
        json.WriteRawValue(CodeHeader.Of(codes).Write());
        json.WriteStartObject("images");
        WriteList("indices", (rows, i) => json.WriteNumberValue(rows.Indices[i]));
        WriteList("labels", (rows, i) => json.WriteNumberValue(rows.Labels[i]));
        WriteList("files", (rows, i) => json.WriteStringValue(rows.Files[i]));
        json.WriteEndObject();
        json.WriteEndObject();

        void WriteList(string name, Action<CodeRows, int> write)
        {
            json.WriteStartArray(name);
            foreach (CodeRows rows in codes.Read())
            {
                for (int i = 0; i < rows.Count; i++)
                    write(rows, i);
                json.Flush();
            }
            json.WriteEndArray();
        }
    }

    private static (CodeHeader Header, ImageList Images) ReadBeside(string path)
    {
        byte[] json = SmallFile.Read(path, MaxBesideBytes) ?? throw CodeHeader.Broken(path, $"has over {MaxBesideBytes} bytes");
        try
        {
            Beside beside = JsonSerializer.Deserialize<Beside>(json, CodeHeader.Json) ?? throw CodeHeader.Broken(path, "is empty");
            ImageList images = beside.Images;
            if (images.Indices.Length == 0 || images.Labels.Length != images.Indices.Length || images.Files.Length != images.Indices.Length
                || images.Files.Contains(null))
                throw CodeHeader.Broken(path, "does not give every image an index, a label and a file");
            return (beside.Codes.Checked(path), images);
        }
        catch (JsonException e)
        {
            throw CodeHeader.Broken(path, $"is damaged ({e.Message.TrimEnd('.')})", e);
        }
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

    private sealed record Beside(CodeHeader Codes, ImageList Images);

    private sealed record ImageList(int[] Indices, int[] Labels, string[] Files);
}
