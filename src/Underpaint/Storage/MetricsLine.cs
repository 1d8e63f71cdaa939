using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Underpaint.Storage;

/// <summary>One line of metrics: a JSON object that knows its position in the run.</summary>
internal static class MetricsLine
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The images seen that a line belongs to; null where it does not say.</summary>
    public static long? PositionOf(JsonObject line) =>
        line["imagesSeen"] is JsonValue value && value.TryGetValue(out long imagesSeen) && imagesSeen >= 0 ? imagesSeen : null;

    /// <summary>Reads a line; null where it is not as it must be.</summary>
    public static JsonObject? TryParse(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
            return null;
        try
        {
            CheckTexts(bytes);
            var line = JsonNode.Parse(bytes, documentOptions: Strict) as JsonObject;
            return line is not null && PositionOf(line) is not null ? line : null;
        }
        // The latter is how the JSON reader reports half of a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // A JsonObject decodes its texts only when they are asked for; whoever asks must not meet a damaged one.
    private static void CheckTexts(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes);
        while (json.Read())
        {
            if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                _ = json.GetString();
        }
    }
}
