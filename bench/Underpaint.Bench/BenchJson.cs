using System.Text.Json;

namespace Underpaint.Bench;

/// <summary>JSON with camelCase keys, as the tool writes it.</summary>
internal static class BenchJson
{
    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web);
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>On one line, for another process.</summary>
    public static string ToLine<T>(T value) => JsonSerializer.Serialize(value, Line);

    /// <summary>On many lines, for files and people.</summary>
    public static string ToText<T>(T value) => JsonSerializer.Serialize(value, Indented);

    public static T Parse<T>(string text) => JsonSerializer.Deserialize<T>(text, Line)!;
}
