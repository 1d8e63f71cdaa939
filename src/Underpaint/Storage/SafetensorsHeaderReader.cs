using System.Text.Json;
using System.Text.Unicode;

namespace Underpaint.Storage;

/// <summary>Reads the JSON of a safetensors header, token by token, so that memory is bounded by what is kept.</summary>
internal ref struct SafetensorsHeaderReader
{
    private const string MetadataKey = "__metadata__";
    private readonly string _file;
    private readonly ReadOnlySpan<byte> _bytes;
    private Utf8JsonReader _json;

    /// <summary>Starts at the first byte of a header.</summary>
    public SafetensorsHeaderReader(string file, ReadOnlySpan<byte> bytes)
    {
        _file = file;
        _bytes = bytes;
        // Three levels are all there is: the header, an entry, its shape.
        _json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 3 });
    }

    /// <summary>Reads the whole header; the layout of the tensors is not checked here.</summary>
    public SafetensorsHeader Read()
    {
        if (!Utf8.IsValid(_bytes))
            throw Broken("has a header that is not UTF-8");
        if (_bytes.IsEmpty || _bytes[0] != '{')
            throw Broken("has a header that does not begin with {");
        try
        {
            SafetensorsHeader header = ReadHeader();
            if (_bytes[(int)_json.BytesConsumed..].ContainsAnyExcept((byte)' '))
                throw Broken("has something other than spaces after the JSON of its header");
            return header;
        }
        // The latter is how the JSON reader reports half of a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw SafetensorsHeader.Broken(_file, $"has a header that is not valid JSON at byte {_json.BytesConsumed}", e);
        }
    }

    private SafetensorsHeader ReadHeader()
    {
        Dictionary<string, string>? metadata = null;
        var tensors = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        _ = _json.Read();
        while (NextKey() is { } name)
        {
            if (name == MetadataKey)
                metadata = metadata is null ? ReadMetadata() : throw Duplicate(name);
            else if (tensors.Count == SafetensorsHeader.MaxEntries)
                throw Broken($"has more than {SafetensorsHeader.MaxEntries} tensors");
            else if (!tensors.TryAdd(name, ReadEntry(name)))
                throw Duplicate(name);
        }
        return new SafetensorsHeader(metadata ?? [], tensors);
    }

    private Dictionary<string, string> ReadMetadata()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        Next(JsonTokenType.StartObject, MetadataKey);
        while (NextKey() is { } key)
        {
            if (metadata.Count == SafetensorsHeader.MaxEntries)
                throw Broken($"has more than {SafetensorsHeader.MaxEntries} metadata entries");
            Next(JsonTokenType.String, MetadataKey);
            if (!metadata.TryAdd(key, _json.GetString()!))
                throw Duplicate(key);
        }
        return metadata;
    }

    private TensorEntry ReadEntry(string name)
    {
        DType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        Next(JsonTokenType.StartObject, name);
        while (NextKey() is { } field)
        {
            switch (field)
            {
                case "dtype" when type is null: type = ReadType(name); break;
                case "shape" when shape is null: shape = ReadNumbers(name, SafetensorsHeader.MaxRank); break;
                case "data_offsets" when offsets is null: offsets = ReadNumbers(name, 2); break;
                case "dtype" or "shape" or "data_offsets": throw Duplicate(field);
                default: throw Broken($"gives tensor {Quotation.Of(name)} the unknown field {Quotation.Of(field)}");
            }
        }
        if (type is not { } known || shape is null || offsets is not [long begin, long end])
            throw Broken($"does not give tensor {Quotation.Of(name)} a dtype, a shape and two data_offsets");
        if (!known.TryByteLength(shape, out long length))
            throw Broken($"gives tensor {Quotation.Of(name)} an impossibly large shape");
        if (end - begin != length)
            throw Broken($"gives tensor {Quotation.Of(name)} {end - begin} bytes, but its shape needs {length}");
        return new TensorEntry(name, known, shape, begin, length);
    }

    private DType ReadType(string tensor)
    {
        Next(JsonTokenType.String, tensor);
        string name = _json.GetString()!;
        return DTypes.TryParse(name, out DType type)
            ? type
            : throw Broken($"gives tensor {Quotation.Of(tensor)} the unknown dtype {Quotation.Of(name)}");
    }

    private long[] ReadNumbers(string tensor, int most)
    {
        var numbers = new List<long>();
        Next(JsonTokenType.StartArray, tensor);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (numbers.Count == most)
                throw Broken($"gives tensor {Quotation.Of(tensor)} a list of more than {most} numbers");
            // Digits alone: the format knows no −0, 2.0 or 1e3.
            if (_json.TokenType != JsonTokenType.Number || _json.ValueSpan[0] == '-' || !_json.TryGetInt64(out long number))
                throw Broken($"gives tensor {Quotation.Of(tensor)} a size or an offset that is no whole number from 0 to 2^63");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    // The next key of the object that is being read, or null at its end.
    private string? NextKey() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName ? _json.GetString() : null;

    private void Next(JsonTokenType expected, string where)
    {
        if (!_json.Read() || _json.TokenType != expected)
            throw Broken($"has something other than {Describe(expected)} in the entry {Quotation.Of(where)} of its header");
    }

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        _ => "a text",
    };

    private readonly FileFormatException Duplicate(string key) => Broken($"has the key {Quotation.Of(key)} twice in its header");

    private readonly FileFormatException Broken(string problem) => SafetensorsHeader.Broken(_file, problem);
}
