using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Underpaint.Data.Labels;

/// <summary>
/// The <c>dataset.json</c> of an archive in EDM's form:
/// <c>{"labels": [["00000/img.png", 6], …] or null, "label_names": ["airplane", …]}</c>.
/// Both keys may be absent, and keys of other tools are ignored; everything else is strict.
/// </summary>
internal sealed class DatasetJson
{
    /// <summary>Longest file, in bytes.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>Most classes.</summary>
    public const int MaxClasses = 65_536;

    private const int MaxKeys = 100;
    private readonly string _archive;
    private readonly IReadOnlyList<string> _imageNames;
    private List<string>? _labelNames;
    private int?[]? _labels;
    private int _next;

    private DatasetJson(string archive, IReadOnlyList<string> imageNames) => (_archive, _imageNames) = (archive, imageNames);

    /// <summary>Reads the file and gives every image its class.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="archive">The archive's path, for messages.</param>
    /// <param name="imageNames">The archive's images, in ordinal order.</param>
    /// <returns>The classes' names, and each image's class; no names and null when there are no labels.</returns>
    /// <exception cref="FileFormatException">It is no JSON, of another form, or does not fit the archive's images.</exception>
    public static (IReadOnlyList<string> LabelNames, int[]? Labels) Read(byte[] json, string archive, IReadOnlyList<string> imageNames)
    {
        var file = new DatasetJson(archive, imageNames);
        if (!Utf8.IsValid(json))
            throw file.Bad("is not UTF-8 text");
        try
        {
            file.Parse(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how the reader reports an escaped half of a surrogate pair.
            throw file.Bad($"is no valid JSON: {e.Message.TrimEnd('.')}", e);
        }
        return file.Result();
    }

    /// <summary>Writes such a file.</summary>
    /// <param name="images">The images, each with its class; null where there are no classes.</param>
    /// <param name="labelNames">The classes' names.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] Write(IEnumerable<(string Name, int Label)>? images, IReadOnlyList<string> labelNames)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (images is null)
                json.WriteNull("labels");
            else
            {
                json.WriteStartArray("labels");
                foreach (var (name, label) in images)
                {
                    json.WriteStartArray();
                    json.WriteStringValue(name);
                    json.WriteNumberValue(label);
                    json.WriteEndArray();
                }
                json.WriteEndArray();
                json.WriteStartArray("label_names");
                foreach (string name in labelNames)
                    json.WriteStringValue(name);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private void Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        Take(ref reader, JsonTokenType.StartObject, "must be one JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            if (!keys.Add(key))
                throw Bad($"has the key \"{key}\" twice");
            if (keys.Count > MaxKeys)
                throw Bad($"has more than {MaxKeys} keys");
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            if (key == "labels")
                ParseLabels(ref reader);
            else if (key == "label_names")
                ParseLabelNames(ref reader);
            else
                reader.Skip();
        }
        while (reader.Read())
        {
            // Only so that anything after the object is an error.
        }
    }

    private void ParseLabels(ref Utf8JsonReader reader)
    {
        const string Form = "\"labels\" must be null or a list of [\"file\", class] pairs";
        Expect(ref reader, JsonTokenType.StartArray, Form);
        _labels = new int?[_imageNames.Count];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.StartArray, Form);
            Take(ref reader, JsonTokenType.String, Form);
            string name = reader.GetString()!;
            Take(ref reader, JsonTokenType.Number, Form);
            if (!reader.TryGetInt32(out int label) || label is < 0 or >= MaxClasses)
                throw Bad($"gives \"{name}\" the class {Encoding.UTF8.GetString(reader.ValueSpan)}; "
                    + $"classes are whole numbers from 0 to {MaxClasses - 1}");
            Take(ref reader, JsonTokenType.EndArray, Form);
            int image = IndexOf(name);
            if (image < 0)
                throw Bad($"labels \"{name}\", which is no image of the archive");
            if (_labels[image] is not null)
                throw Bad($"labels \"{name}\" twice");
            _labels[image] = label;
        }
    }

    private int IndexOf(string name)
    {
        // Most files name the images in the archive's order.
        if (_next < _imageNames.Count && _imageNames[_next] == name)
            return _next++;
        int low = 0, high = _imageNames.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (string.CompareOrdinal(_imageNames[middle], name) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        _next = low + 1;
        return low < _imageNames.Count && _imageNames[low] == name ? low : -1;
    }

    private void ParseLabelNames(ref Utf8JsonReader reader)
    {
        const string Form = "\"label_names\" must be null or a list of names";
        Expect(ref reader, JsonTokenType.StartArray, Form);
        _labelNames = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.String, Form);
            if (_labelNames.Count == MaxClasses)
                throw Bad($"has more than {MaxClasses} \"label_names\"");
            _labelNames.Add(reader.GetString()!);
        }
    }

    private (IReadOnlyList<string> LabelNames, int[]? Labels) Result()
    {
        if (_labels is null)
            return ([], null);
        int unlabelled = Array.IndexOf(_labels, null);
        if (unlabelled >= 0)
            throw Bad($"does not label the image \"{_imageNames[unlabelled]}\"");
        int[] labels = [.. _labels.Select(label => label!.Value)];
        int classes = labels.Max() + 1;
        if (_labelNames is { } names && classes > names.Count)
            throw Bad($"uses the class {classes - 1}, but \"label_names\" has {names.Count} names");
        return (_labelNames ?? [.. Enumerable.Range(0, classes).Select(label => $"{label}")], labels);
    }

    private void Take(ref Utf8JsonReader reader, JsonTokenType token, string form)
    {
        reader.Read();
        Expect(ref reader, token, form);
    }

    private void Expect(ref Utf8JsonReader reader, JsonTokenType token, string form)
    {
        if (reader.TokenType != token)
            throw Bad($"has another form than expected near byte {reader.TokenStartIndex:N0}: {form}");
    }

    private FileFormatException Bad(string problem, Exception? inner = null) =>
        new($"dataset.json of {_archive}", problem, "Mend it, or remove it to take each image's folder as its class.", inner);
}
