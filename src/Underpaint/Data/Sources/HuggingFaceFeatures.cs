using System.Text.Json;
using Underpaint.Data.Labels;

namespace Underpaint.Data.Sources;

/// <summary>What the library "datasets" notes in its parquet files about their columns: which of them are classes, and their names.</summary>
internal static class HuggingFaceFeatures
{
    /// <summary>The entry of a file's metadata.</summary>
    public const string Key = "huggingface";

    /// <summary>The columns of classes, in the file's order, with the classes' names.</summary>
    /// <param name="json">The entry's text; null where there is none.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="FileFormatException">It is no valid JSON, or names too many classes.</exception>
    public static IReadOnlyList<(string Column, IReadOnlyList<string> Names)> Classes(string? json, string path)
    {
        if (json is null)
            return [];
        try
        {
            using var document = JsonDocument.Parse(json);
            return Find(document.RootElement, "info", "features") is { ValueKind: JsonValueKind.Object } features ? ClassesOf(features, path) : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how half of a surrogate pair is reported.
            throw new FileFormatException(path, $"has damaged metadata of \"datasets\": {e.Message.TrimEnd('.')}", "Download the file again.", e);
        }
    }

    private static List<(string Column, IReadOnlyList<string> Names)> ClassesOf(JsonElement features, string path)
    {
        var classes = new List<(string Column, IReadOnlyList<string> Names)>();
        foreach (JsonProperty feature in features.EnumerateObject())
        {
            bool isClass = Find(feature.Value, "_type") is { ValueKind: JsonValueKind.String } type && type.GetString() == "ClassLabel";
            if (!isClass || Find(feature.Value, "names") is not { ValueKind: JsonValueKind.Array } names)
                continue;
            if (names.GetArrayLength() > DatasetJson.MaxClasses)
                throw new FileFormatException(path, $"names more than {DatasetJson.MaxClasses} classes", "Leave the label column out.");
            classes.Add((feature.Name, [.. names.EnumerateArray().Select(name => name.GetString() ?? "")]));
        }
        return classes;
    }

    private static JsonElement? Find(JsonElement element, params string[] path)
    {
        foreach (string key in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
                return null;
        }
        return element;
    }
}
