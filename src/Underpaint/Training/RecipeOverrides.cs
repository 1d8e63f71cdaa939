using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Underpaint.Training;

/// <summary>
/// Changes single values of a recipe before it is read: <c>model.channels=64</c>, <c>phases[detail].images=200000</c>.
/// </summary>
internal static partial class RecipeOverrides
{
    /// <summary>Applies the overrides in their order. Names and values are checked afterwards, when the recipe is read.</summary>
    /// <param name="recipe">The recipe's JSON, which is changed.</param>
    /// <param name="overrides">Each <c>path=value</c>; the value is JSON, or a text without quotes.</param>
    /// <param name="source">What errors call the recipe.</param>
    /// <exception cref="RecipeException">An override has no path or value, or its path leads nowhere.</exception>
    public static void Apply(JsonObject recipe, IEnumerable<string> overrides, string source)
    {
        foreach (string change in overrides)
            Apply(recipe, change, source);
    }

    private static void Apply(JsonObject recipe, string change, string source)
    {
        int equals = change.IndexOf('=', StringComparison.Ordinal);
        string path = equals < 0 ? change.Trim() : change[..equals].Trim();
        if (equals < 0 || !PathPattern().IsMatch(path))
        {
            throw new RecipeException(source, "", $"cannot take the override \"{RecipePath.Shorten(change)}\"",
                "Write path=value, for instance model.channels=64 or phases[0].images=200000.");
        }

        string[] steps = [.. StepPattern().Matches(path).Select(step => step.Value.TrimStart('.'))];
        JsonNode? value = ReadValue(change[(equals + 1)..].Trim(), source, path);
        // A preset's sizes can only be changed once they are there.
        if (steps[0] == "model" && steps.Length > 1)
            RecipePreset.Expand(recipe, source);

        JsonNode? place = recipe;
        string walked = "";
        for (int i = 0; i < steps.Length - 1; i++)
        {
            place = Enter(place, steps[i], walked, source);
            walked = Join(walked, steps[i]);
        }
        Set(place, steps[^1], value, walked, source);
    }

    private static JsonNode? Enter(JsonNode? place, string step, string walked, string source)
    {
        if (step.StartsWith('['))
        {
            JsonArray items = ItemsAt(place, walked, source);
            return items[IndexOf(items, step, walked, source)];
        }
        JsonObject section = SectionAt(place, walked, source);
        // A section that the recipe leaves out starts empty, which means its defaults.
        if (section[step] is null)
            section[step] = new JsonObject();
        return section[step];
    }

    private static void Set(JsonNode? place, string step, JsonNode? value, string walked, string source)
    {
        if (step.StartsWith('['))
        {
            JsonArray items = ItemsAt(place, walked, source);
            items[IndexOf(items, step, walked, source)] = value;
        }
        else
        {
            SectionAt(place, walked, source)[step] = value;
        }
    }

    private static JsonObject SectionAt(JsonNode? place, string walked, string source) => place as JsonObject
        ?? throw new RecipeException(source, walked, "has no keys to override",
            place is JsonArray ? $"Choose one of its items, such as {walked}[0]." : $"Override it as a whole: {walked}=….");

    private static JsonArray ItemsAt(JsonNode? place, string walked, string source) => place as JsonArray
        ?? throw new RecipeException(source, walked, "is not a list", "Only lists, such as phases, take an index in [ ].");

    // An item's place in the list, or its name.
    private static int IndexOf(JsonArray items, string step, string walked, string source)
    {
        string item = step[1..^1];
        string?[] names = [.. items.Select(NameOf)];
        int index = int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : Array.IndexOf(names, item);
        if (index >= 0 && index < items.Count)
            return index;

        string known = string.Join(", ", names.Select((name, i) => name is null ? $"[{i}]" : $"[{i}] = [{name}]"));
        throw new RecipeException(source, Join(walked, step), "does not exist",
            names.Length == 0 ? "The list is empty." : $"Use one of {RecipePath.Shorten(known)}.");
    }

    private static string? NameOf(JsonNode? item) =>
        item is JsonObject json && json["name"]?.GetValueKind() == JsonValueKind.String ? json["name"]!.GetValue<string>() : null;

    private static JsonNode? ReadValue(string text, string source, string path)
    {
        bool isNumber = text is ['-' or (>= '0' and <= '9'), ..]
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        bool isJson = isNumber || text is ['{' or '[' or '"', ..] or "true" or "false" or "null";
        return isJson ? RecipeJson.Parse(text, source, path) : JsonValue.Create(text);
    }

    private static string Join(string walked, string step) =>
        step.StartsWith('[') ? walked + RecipePath.Shorten(step) : RecipePath.Join(walked, step);

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+|\[[^\[\]]+\])*$")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"\.?[A-Za-z0-9_-]+|\[[^\[\]]+\]")]
    private static partial Regex StepPattern();
}
