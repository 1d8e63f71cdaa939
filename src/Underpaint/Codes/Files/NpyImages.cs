using System.Text.Json;
using Underpaint.Storage;

namespace Underpaint.Codes.Files;

/// <summary>
/// The JSON file beside a NumPy file: what its codes are, and of which images. Names are made when they are asked for, so that millions of them
/// take no more memory than they do on disk.
/// </summary>
internal sealed class NpyImages
{
    /// <summary>The most bytes of the file. That of ImageNet, with long names, takes 90 MB.</summary>
    public const int MaxBytes = 128 << 20;

    private const int MaxHeaderBytes = 32 << 20;

    /// <summary>The fewest bytes that an image takes beside the letters of its name: an index, a label and quotation marks, with their commas.</summary>
    public const int LeastBytesPerImage = 7;

    private readonly string _path;
    private readonly byte[] _json;
    private readonly int[] _indices, _labels, _names;
    private readonly List<string> _found = [];

    private NpyImages(string path, byte[] json, int count)
    {
        (_path, _json) = (path, json);
        if (count > json.Length / LeastBytesPerImage)
            throw NotTheSame(count);
        (_indices, _labels, _names) = (new int[count], new int[count], new int[count]);
        Header = Parse(count);
    }

    /// <summary>What the codes are.</summary>
    public CodeHeader Header { get; }

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">How many codes there are.</param>
    /// <exception cref="FileFormatException">It is damaged, too long, or about another number of images.</exception>
    public static NpyImages Read(string path, int count)
    {
        byte[] json = SmallFile.Read(path, MaxBytes) ?? throw CodeHeader.Broken(path, $"has over {MaxBytes} bytes");
        try
        {
            return new(path, json, count);
        }
        // The latter is how the JSON reader reports half of a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw CodeHeader.Broken(path, $"is damaged ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>The images' numbers in their source.</summary>
    public int[] IndicesOf(int first, int count) => _indices[first..(first + count)];

    /// <summary>The images' classes; −1 for none.</summary>
    public int[] LabelsOf(int first, int count) => _labels[first..(first + count)];

    /// <summary>The images' names.</summary>
    public string[] NamesOf(int first, int count) => [.. _names.AsSpan(first, count).ToArray().Select(NameAt)];

    private CodeHeader Parse(int count)
    {
        var json = new Utf8JsonReader(_json);
        CodeHeader? header = null;
        Take(ref json, JsonTokenType.StartObject);
        while (NextKey(ref json) is { } key)
        {
            if (key == "codes" && header is null)
                header = ReadHeader(ref json);
            else if (key == "images" && !_found.Contains(key))
                ReadLists(ref json, count);
            else
                throw OtherForm();
            _found.Add(key);
        }
        _ = json.Read();
        return header is not null && _found.Count == 5 ? header.Checked(_path) : throw OtherForm();
    }

    private CodeHeader ReadHeader(ref Utf8JsonReader json)
    {
        Take(ref json, JsonTokenType.StartObject);
        int start = (int)json.TokenStartIndex;
        json.Skip();
        ReadOnlySpan<byte> bytes = _json.AsSpan(start, (int)json.BytesConsumed - start);
        if (bytes.Length > MaxHeaderBytes)
            throw CodeHeader.Broken(_path, $"describes its codes in over {MaxHeaderBytes} bytes");
        return JsonSerializer.Deserialize<CodeHeader>(bytes, CodeHeader.Json)!;
    }

    private void ReadLists(ref Utf8JsonReader json, int count)
    {
        Take(ref json, JsonTokenType.StartObject);
        while (NextKey(ref json) is { } key)
        {
            if (_found.Contains(key))
                throw OtherForm();
            _found.Add(key);
            switch (key)
            {
                case "indices": ReadNumbers(ref json, _indices); break;
                case "labels": ReadNumbers(ref json, _labels); break;
                case "files": FindNames(ref json); break;
                default: throw OtherForm();
            }
        }
    }

    private void ReadNumbers(ref Utf8JsonReader json, int[] numbers)
    {
        int read = 0;
        Take(ref json, JsonTokenType.StartArray);
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; read++)
        {
            if (read == numbers.Length)
                throw NotTheSame(numbers.Length);
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out numbers[read]))
                throw OtherForm();
        }
        if (read < numbers.Length)
            throw NotTheSame(numbers.Length);
    }

    private void FindNames(ref Utf8JsonReader json)
    {
        int read = 0;
        Take(ref json, JsonTokenType.StartArray);
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; read++)
        {
            if (read == _names.Length)
                throw NotTheSame(_names.Length);
            if (json.TokenType != JsonTokenType.String)
                throw OtherForm();
            if (json.ValueSpan.Length > CodeChecks.MaxNameBytes)
                throw CodeHeader.Broken(_path, $"has an image's name of over {CodeChecks.MaxNameBytes} bytes");
            // Now, so that whoever asks for it later does not meet a damaged one.
            _ = json.GetString();
            _names[read] = (int)json.TokenStartIndex;
        }
        if (read < _names.Length)
            throw NotTheSame(_names.Length);
    }

    private string NameAt(int start)
    {
        var json = new Utf8JsonReader(_json.AsSpan(start));
        _ = json.Read();
        return json.GetString()!;
    }

    private static string? NextKey(ref Utf8JsonReader json) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName ? json.GetString() : null;

    private void Take(ref Utf8JsonReader json, JsonTokenType token)
    {
        if (!json.Read() || json.TokenType != token)
            throw OtherForm();
    }

    private FileFormatException OtherForm() => CodeHeader.Broken(_path, "is damaged, or has another form");

    private FileFormatException NotTheSame(int count) =>
        CodeHeader.Broken(_path, $"does not give each of {count} codes an image's index, label and file");
}
