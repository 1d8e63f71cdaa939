using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Underpaint.Training;

/// <summary>
/// Strict, bounded JSON: at most 1 MiB and 32 levels, no comments, no trailing commas, no key twice. Written on the plain
/// reader because the ready-made ones either let duplicate keys pass or do not say where they are.
/// </summary>
internal static class RecipeJson
{
    /// <summary>The most bytes that the text of a recipe may have.</summary>
    public const int MaximumBytes = 1 << 20;

    private const int MaximumDepth = 32;

    /// <summary>Reads one JSON value; null stands for JSON's null.</summary>
    /// <param name="json">The text.</param>
    /// <param name="recipe">What errors call the recipe.</param>
    /// <param name="path">Where in the recipe the value belongs; empty for the recipe as a whole.</param>
    public static JsonNode? Parse(string json, string recipe, string path = "")
    {
        if (json.Length > MaximumBytes || Encoding.UTF8.GetByteCount(json) > MaximumBytes)
            throw TooLong(recipe, path);

        byte[] bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaximumDepth });
        try
        {
            reader.Read();
            JsonNode? value = ReadValue(ref reader, recipe, path);
            // A strict reader fails here on anything but white space.
            reader.Read();
            return value;
        }
        catch (JsonException error)
        {
            throw NotStrict(bytes, error, recipe, path);
        }
    }

    /// <summary>The error for a text of more than <see cref="MaximumBytes"/>.</summary>
    public static RecipeException TooLong(string recipe, string path = "") =>
        new(recipe, path, "is longer than 1 MiB", "Such files are short; check that this is the file you meant.");

    private static JsonNode? ReadValue(ref Utf8JsonReader reader, string recipe, string path) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader, recipe, path),
        JsonTokenType.StartArray => ReadArray(ref reader, recipe, path),
        JsonTokenType.String => JsonValue.Create(ReadText(ref reader, recipe, path)),
        JsonTokenType.Null => null,
        // As an element a number keeps its digits: 64-bit seeds survive, and 4e5 can be told from 4.5e-1.
        _ => JsonValue.Create(JsonElement.ParseValue(ref reader)),
    };

    private static JsonObject ReadObject(ref Utf8JsonReader reader, string recipe, string path)
    {
        var json = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = ReadText(ref reader, recipe, path);
            string at = RecipePath.Join(path, key);
            if (json.ContainsKey(key))
                throw new RecipeException(recipe, at, "is given twice", "Keep one of the two.");
            reader.Read();
            json.Add(key, ReadValue(ref reader, recipe, at));
        }
        return json;
    }

    private static JsonArray ReadArray(ref Utf8JsonReader reader, string recipe, string path)
    {
        var json = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            json.Add(ReadValue(ref reader, recipe, $"{path}[{json.Count}]"));
        return json;
    }

    private static string ReadText(ref Utf8JsonReader reader, string recipe, string path)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new RecipeException(recipe, path, "holds a text that is not valid Unicode",
                "Write the character itself instead of its \\u escapes.", error);
        }
    }

    private static RecipeException NotStrict(byte[] json, JsonException error, string recipe, string path)
    {
        int line = (int)(error.LineNumber ?? 0);
        int column = (int)(error.BytePositionInLine ?? 0);
        (string reason, string remedy) = Reason(json, OffsetOf(json, line, column), error);
        return new(recipe, path, $"is not strict JSON: {reason} at line {line + 1}, column {column + 1}", remedy, error);
    }

    private static (string Reason, string Remedy) Reason(byte[] json, int offset, JsonException error)
    {
        char found = offset < json.Length ? (char)json[offset] : '\0';
        if (found == '/')
            return ("a comment", "Remove it: this format has no comments.");
        if (found is '}' or ']' && Encoding.UTF8.GetString(json.AsSpan(0, offset)).TrimEnd().EndsWith(','))
            return ("a comma after the last item", "Remove the comma.");
        // The rest of the reader's message is about its options and repeats the position.
        string reason = error.Message.Split(". ")[0];
        return (char.ToLowerInvariant(reason[0]) + reason[1..], "Correct the text there.");
    }

    private static int OffsetOf(byte[] json, int line, int column)
    {
        int start = 0;
        for (; line > 0; line--)
            start = Array.IndexOf(json, (byte)'\n', start) + 1;
        return start + column;
    }
}
