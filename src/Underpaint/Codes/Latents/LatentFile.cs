using System.Text.Encodings.Web;
using System.Text.Json;
using Underpaint.Networks;
using Underpaint.Storage;

namespace Underpaint.Codes.Latents;

/// <summary>
/// A latent model's file: a safetensors file with the average of the weights under their official names, and in its metadata the description
/// and the recipe.
/// </summary>
public static class LatentFile
{
    private const string DescriptionKey = "underpaint.latent";
    private const string RecipeKey = "underpaint.latentRecipe";
    private const string ChecksumKey = "underpaint.sha256";
    private const int CurrentFormat = 1;
    private const int MaxCodeSize = 1 << 16;
    private const int ChecksumLength = 64;
    private const string Remedy = "Use a latent model that `underpaint train-codes` wrote.";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether a safetensors file is a latent model's.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UnderpaintException">The file is missing, damaged or no safetensors file.</exception>
    public static bool IsLatent(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return file.Metadata.ContainsKey(DescriptionKey);
    }

    /// <summary>Reads what a latent model says about itself, without its weights.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UnderpaintException">The file is missing, damaged, or no latent model.</exception>
    public static LatentDescription Describe(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return Describe(file);
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="description">What it says about itself.</param>
    /// <param name="values">The average of the weights, in the network's order.</param>
    internal static void Save(string path, LatentDescription description, float[] values)
    {
        var metadata = new Dictionary<string, string>
        {
            [DescriptionKey] = JsonSerializer.Serialize(Entry.Of(description), Json),
            [RecipeKey] = LatentRecipeJson.Write(description.Recipe),
            [ChecksumKey] = NumberHash.Of(values),
        };
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, WeightTensors.Describe(LayoutOf(description), values), metadata));
    }

    /// <summary>The description, and the weights in the order of the network that it describes.</summary>
    internal static LatentContent Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        LatentDescription description = Describe(file);
        float[] values = WeightTensors.Read(file, LayoutOf(description));
        return file.Metadata.GetValueOrDefault(ChecksumKey) == NumberHash.Of(values)
            ? new(description, values)
            : throw Broken(path, "is damaged: its weights do not match its checksum");
    }

    /// <summary>The names and shapes of the weights; nothing is allocated, and nothing is to be disposed.</summary>
    internal static WeightSet LayoutOf(LatentDescription description) => new LatentNetwork(description.Recipe.Network, description.CodeSize).Weights;

    private static LatentDescription Describe(SafetensorsFile file)
    {
        if (!file.Metadata.TryGetValue(DescriptionKey, out string? json) || !file.Metadata.TryGetValue(RecipeKey, out string? recipe))
            throw Broken(file.Path, "is no latent model of Underpaint");
        try
        {
            Entry entry = JsonSerializer.Deserialize<Entry>(json, Json) ?? throw Broken(file.Path, "says nothing about itself");
            return entry.IsPossible
                ? entry.With(LatentRecipeJson.Read(recipe, $"The recipe in {file.Path}"))
                : throw Broken(file.Path, "describes an impossible latent model, or one of another version");
        }
        catch (JsonException e)
        {
            throw Broken(file.Path, $"has a damaged description ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static FileFormatException Broken(string path, string problem, Exception? inner = null) => new(path, problem, Remedy, inner);

    private sealed record Entry(int Format, string Model, string Data, int Codes, string? CodesSha256, CodeStatistics Statistics, long ImagesSeen)
    {
        // Before anything is laid out or allocated by these numbers.
        public bool IsPossible => Format == CurrentFormat && ModelIdentity.IsPossible(Model) && Codes >= 0 && ImagesSeen >= 0
            && CodesSha256?.Length == (Codes > 0 ? ChecksumLength : null)
            && Statistics is { CodeSize: >= 1 and <= MaxCodeSize, IsPossible: true };

        public static Entry Of(LatentDescription description) => new(CurrentFormat, description.Model, description.Data, description.Codes,
            description.CodesSha256, description.Statistics, description.ImagesSeen);

        public LatentDescription With(LatentRecipe recipe) => new()
        {
            Model = Model,
            Data = Data,
            Codes = Codes,
            CodesSha256 = CodesSha256,
            Statistics = Statistics,
            ImagesSeen = ImagesSeen,
            Recipe = recipe,
        };
    }
}
