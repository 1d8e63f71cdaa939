using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Underpaint.Training;

/// <summary>
/// One object of a recipe's JSON, or of another file as strict. It knows its path, its keys and what their values may be, so that the reader reads like
/// the format and every error names its place.
/// </summary>
internal sealed class RecipeSection
{
    private readonly JsonObject _json;
    private readonly string _recipe;
    private readonly string _path;

    /// <summary>Takes an object that may have these keys and no others.</summary>
    public RecipeSection(JsonObject json, string recipe, string path, params string[] keys)
    {
        (_json, _recipe, _path) = (json, recipe, path);
        if (json.Select(member => member.Key).FirstOrDefault(key => !keys.Contains(key)) is { } unknown)
        {
            throw Fault(unknown, "is not a known key",
                $"{RecipeSuggestion.For(unknown, keys)}The keys here are {string.Join(", ", keys)}.");
        }
    }

    /// <summary>Whether the key is there, be its value right or wrong.</summary>
    public bool Has(string key) => _json.ContainsKey(key);

    /// <summary>The section under a key; an empty one where it is left out.</summary>
    public RecipeSection Section(string key, params string[] keys) =>
        new(Has(key) ? Object(key, _json[key]) : [], _recipe, RecipePath.Join(_path, key), keys);

    /// <summary>The sections of a list, which must be there.</summary>
    public IEnumerable<RecipeSection> Sections(string key, params string[] keys) =>
        Array(key, Required(key)).Select((item, i) => new RecipeSection(Object($"{key}[{i}]", item), _recipe,
            RecipePath.Join(_path, $"{key}[{i}]"), keys));

    /// <summary>A text that must be there.</summary>
    public string Text(string key) => Text(key, Required(key));

    /// <summary>One of some words.</summary>
    /// <param name="key">The key, which must be there.</param>
    /// <param name="words">What each word stands for.</param>
    public T Word<T>(string key, IReadOnlyDictionary<string, T> words) => Meaning(key, Text(key), words);

    /// <summary>A list of some words.</summary>
    /// <param name="key">The key.</param>
    /// <param name="words">What each word stands for.</param>
    /// <param name="otherwise">What a key that is left out stands for.</param>
    public IReadOnlyList<T> Words<T>(string key, IReadOnlyDictionary<string, T> words, IReadOnlyList<T> otherwise) => Has(key)
        ? [.. Array(key, _json[key]).Select((item, i) => Meaning($"{key}[{i}]", Text($"{key}[{i}]", item), words))]
        : otherwise;

    /// <summary>The members of an object of any keys, each as <c>key=value</c>, as overrides are written.</summary>
    public IReadOnlyList<string> Settings(string key) => Has(key)
        ? [.. Object(key, _json[key]).Select(member => $"{member.Key}={member.Value?.ToJsonString() ?? "null"}")]
        : [];

    /// <summary>One of some words, or an object that gives one of some further words a number: <c>{ "shifted-cosine": 4 }</c>.</summary>
    /// <param name="key">The key, which must be there.</param>
    /// <param name="words">The words.</param>
    /// <param name="numbered">The further words, each with a number as an example.</param>
    /// <returns>The word, and its number (above 0) or null.</returns>
    public (string Word, double? Number) WordOrNumbered(string key, string[] words, params (string Word, double Example)[] numbered)
    {
        string[] further = [.. numbered.Select(choice => choice.Word)];
        string usage = string.Join(" or ", numbered.Select(choice => string.Create(CultureInfo.InvariantCulture, $"{{ \"{choice.Word}\": {choice.Example} }}"))
            .Prepend(Quoted(words)));
        if (Required(key) is JsonObject json)
        {
            var section = new RecipeSection(json, _recipe, RecipePath.Join(_path, key), further);
            if (json.Count > 1)
                throw Fault(key, "has more than one choice", $"Use {usage}.");
            string chosen = json.Count == 1 ? json.First().Key : further[0];
            double number = section.Number(chosen);
            return number > 0 ? (chosen, number)
                : throw section.Fault(chosen, $"is {Shown(json[chosen])}", "Use a number above 0.");
        }
        string word = Text(key);
        return words.Contains(word) ? (word, null) : throw NotOneOf(key, word, [.. words, .. further], usage);
    }

    /// <summary>True or false.</summary>
    public bool Flag(string key, bool otherwise)
    {
        if (!Has(key))
            return otherwise;
        return _json[key]?.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw WrongType(key, _json[key], "Use true or false."),
        };
    }

    /// <summary>A number, required where there is no default.</summary>
    public double Number(string key, double? otherwise = null) =>
        otherwise is { } value && !Has(key) ? value : Number(key, Required(key));

    /// <summary>A 64-bit whole number, required where there is no default; 4e5 is one.</summary>
    public long Long(string key, long? otherwise = null) =>
        otherwise is { } value && !Has(key) ? value : Whole(key, Required(key), long.MinValue, long.MaxValue);

    /// <summary>A 32-bit whole number.</summary>
    public int Int(string key, int otherwise) => Has(key) ? Int(key, _json[key]) : otherwise;

    /// <summary>A list of 32-bit whole numbers.</summary>
    public IReadOnlyList<int> Ints(string key, IReadOnlyList<int> otherwise) => Has(key)
        ? [.. Array(key, _json[key]).Select((item, i) => Int($"{key}[{i}]", item))]
        : otherwise;

    /// <summary>A list of 64-bit whole numbers.</summary>
    public IReadOnlyList<long> Longs(string key, IReadOnlyList<long> otherwise) => Has(key)
        ? [.. Array(key, _json[key]).Select((item, i) => Whole($"{key}[{i}]", item, long.MinValue, long.MaxValue))]
        : otherwise;

    private T Meaning<T>(string key, string word, IReadOnlyDictionary<string, T> words) =>
        words.TryGetValue(word, out T? meaning) ? meaning : throw NotOneOf(key, word, [.. words.Keys], Quoted(words.Keys));

    private JsonNode? Required(string key) => Has(key)
        ? _json[key]
        : throw Fault(key, "is missing", "Add it.");

    private JsonObject Object(string key, JsonNode? value) =>
        value as JsonObject ?? throw WrongType(key, value, "Use an object: { … }.");

    private JsonArray Array(string key, JsonNode? value) =>
        value as JsonArray ?? throw WrongType(key, value, "Use a list: [ … ].");

    private string Text(string key, JsonNode? value) => value?.GetValueKind() == JsonValueKind.String
        ? value.GetValue<string>()
        : throw WrongType(key, value, "Use a text in double quotes.");

    private double Number(string key, JsonNode? value)
    {
        if (value?.GetValueKind() != JsonValueKind.Number)
            throw WrongType(key, value, "Use a number.");
        double number = double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number)
            ? number
            : throw Fault(key, $"is {Shown(value)}, too large for a number", "Use a smaller one.");
    }

    private int Int(string key, JsonNode? value) => (int)Whole(key, value, int.MinValue, int.MaxValue);

    private long Whole(string key, JsonNode? value, long low, long high)
    {
        if (value?.GetValueKind() != JsonValueKind.Number)
            throw WrongType(key, value, "Use a whole number.");
        // Decimal, unlike double, holds every 64-bit integer; and it can be written as 4e5.
        string digits = value.ToJsonString();
        bool inRange = decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            && number >= low && number <= high;
        if (!inRange)
            throw Fault(key, $"is {Shown(value)}, too large for a whole number", $"Use one from {low} to {high}.");
        return decimal.IsInteger(number) ? (long)number : throw Fault(key, $"is {Shown(value)}", "Use a whole number.");
    }

    private RecipeException NotOneOf(string key, string word, string[] known, string usage) =>
        Fault(key, $"is \"{RecipePath.Shorten(word)}\"", $"{RecipeSuggestion.For(word, known)}Use {usage}.");

    private RecipeException WrongType(string key, JsonNode? value, string remedy)
    {
        string found = value?.GetValueKind() switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => $"the text \"{RecipePath.Shorten(value.GetValue<string>())}\"",
            JsonValueKind.Number => $"the number {Shown(value)}",
            _ => Shown(value),
        };
        return Fault(key, $"is {found}", remedy);
    }

    private RecipeException Fault(string key, string problem, string remedy) =>
        new(_recipe, RecipePath.Join(_path, key), problem, remedy);

    private static string Shown(JsonNode? value) => RecipePath.Shorten(value?.ToJsonString() ?? "null");

    private static string Quoted(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"\"{word}\""));
}
