using System.Globalization;
using System.Text.Json.Nodes;
using Underpaint.Networks;
using Underpaint.Training;

namespace Underpaint.Exchange;

/// <summary>Drafts the recipe of an official model: what the user says, then what its tensors and its training tell.</summary>
/// <param name="file">The file, for errors and for a name.</param>
/// <param name="training">What the file says beside its weights.</param>
internal sealed class RecipeDraft(string file, OfficialTraining training)
{
    private const int PublishedAttention = 16;
    private const int PublishedGroups = 32;

    // A recipe has no phase without images; the draft of a model that does not tell how many has this one.
    private const long UnknownImages = 1;

    private readonly List<string> _assumptions = [];

    /// <summary>Makes the recipe.</summary>
    /// <param name="infer">Infers the sizes from the tensors; not asked where a preset gives them all.</param>
    /// <param name="options">What the user says.</param>
    /// <exception cref="RecipeException">The user's values make no recipe.</exception>
    /// <exception cref="UnderpaintException">Something is told neither by the file nor by the user, or both tell it and differ.</exception>
    public DraftedRecipe Make(Func<OfficialArchitecture> infer, ImportOptions options)
    {
        CheckSchedule();
        string source = $"The recipe for {Path.GetFileName(file)}";
        JsonObject json = Begin();
        if (options.Preset is { } preset)
            json["model"] = preset;
        RecipeOverrides.Apply(json, options.Settings, source);
        RecipePreset.Expand(json, source);
        if (!IsComplete(json["model"]))
            Fill(json, infer());
        Recipe recipe = RecipeReader.Read(json.ToJsonString(), source);
        CheckSize(recipe.Data.Size);
        bool isUnknown = training.ImagesSeen is null && recipe.TotalImages == UnknownImages;
        return new(recipe, isUnknown ? 0 : new PhasePlan(recipe).End, _assumptions);
    }

    private void CheckSchedule()
    {
        if (training.Schedule is { } schedule && schedule != "linear")
            throw new FileFormatException(file, $"was trained on Diff-AE's noise schedule {Storage.Quotation.Of(schedule)}, which Underpaint does not have",
                "Only models of its linear schedule can be imported.");
    }

    private void CheckSize(int size)
    {
        if (training.ImageSize is { } known && known != size)
            throw new FileFormatException(file, $"was trained on images of {known} pixels, not of {size}", "Leave data.size out, or choose another preset.");
    }

    // The baseline: what the official code trains.
    private JsonObject Begin()
    {
        var json = new JsonObject
        {
            ["name"] = NameOf(training.Name ?? Path.GetFileNameWithoutExtension(file)),
            ["phases"] = new JsonArray(new JsonObject
            {
                ["name"] = "all",
                ["images"] = training.ImagesSeen ?? UnknownImages,
                ["schedule"] = "linear-beta",
                ["predict"] = "noise",
            }),
        };
        if (training.Batch is { } batch)
            json["optimizer"] = new JsonObject { ["batch"] = batch };
        return json;
    }

    private static bool IsComplete(JsonNode? model) =>
        model is JsonObject sizes && RecipeWriter.ToJson(new ModelOptions()).All(size => sizes.ContainsKey(size.Key));

    // What the user said already stays, and is checked against the tensors afterwards.
    private void Fill(JsonObject json, OfficialArchitecture tensors)
    {
        JsonObject model = SectionOf(json, "model"), data = SectionOf(json, "data");
        ModelPreset? published = PublishedLike(tensors);
        // A size that is none is left for the recipe's reader to refuse.
        if (data.ContainsKey("size") && WholeOf(data, "size") is null)
            return;
        int size = WholeOf(data, "size") ?? SizeOf(tensors, published);
        LevelLayout encoder = EncoderOf(tensors, model, size);
        data.TryAdd("size", size);
        data.TryAdd("color", tensors.ImageChannels == 1 ? "grey" : "rgb");
        model.TryAdd("channels", tensors.Channels);
        model.TryAdd("multipliers", ListOf(tensors.Decoder.Multipliers));
        model.TryAdd("blocks", tensors.Decoder.Blocks);
        model.TryAdd("attentionAt", ListOf(tensors.Decoder.AttentionLevels.Union(encoder.AttentionLevels).Order().Select(level => size >> level)));
        model.TryAdd("code", tensors.Code);
        model.TryAdd("encoderMultipliers", ListOf(encoder.Multipliers));
        model.TryAdd("encoderBlocks", encoder.Blocks);
        model.TryAdd("timeEmbedding", tensors.TimeEmbedding == tensors.Code ? 0 : tensors.TimeEmbedding);
        if (model.TryAdd("heads", training.Heads ?? 1) && training.Heads is null)
            _assumptions.Add("One attention head, as in all published models; --set model.heads=N says otherwise.");
        model.TryAdd("groups", PublishedGroups);
        model.TryAdd("dropout", training.Dropout ?? published?.Model.Dropout ?? 0);
    }

    private int SizeOf(OfficialArchitecture tensors, ModelPreset? published)
    {
        if (training.ImageSize is { } known)
            return known;
        if (published is not null)
        {
            _assumptions.Add($"Images of {published.ImageSize} pixels, as in the preset {published.Name}, which has these sizes.");
            return published.ImageSize;
        }
        string likely = tensors.Decoder.AttentionLevels is [var level]
            ? $" Published models have attention at {PublishedAttention} pixels; if this one has, its images are of {PublishedAttention << level}."
            : "";
        throw new UnderpaintException($"{file} does not tell the size of the model's images, on which no weight depends.{likely}",
            "Give it with --set data.size=N, or a preset with --preset.");
    }

    private LevelLayout EncoderOf(OfficialArchitecture tensors, JsonObject model, int size)
    {
        LevelLayout[] possible = [.. tensors.Encoders.Where(layout => size % (1 << (layout.Multipliers.Count - 1)) == 0)];
        int? blocks = WholeOf(model, "encoderBlocks") ?? training.EncoderBlocks, levels = (model["encoderMultipliers"] as JsonArray)?.Count;
        LevelLayout[] asked = [.. possible.Where(layout => (blocks ?? layout.Blocks) == layout.Blocks
            && (levels ?? layout.Multipliers.Count) == layout.Multipliers.Count)];
        if (asked.Length == 1)
            return asked[0];
        // What the user asks for is not there: the comparison of all tensors tells it better than this one could.
        if (asked.Length == 0)
            return possible.Length > 0 ? possible[0] : tensors.Encoders[0];
        throw new UnderpaintException(
            $"{file} leaves open how the encoder's blocks make levels: {string.Join(" or ", asked.Select(layout => $"{layout.Multipliers.Count} of {layout.Blocks}"))}.",
            $"Say it with --set model.encoderBlocks={string.Join(" or ", asked.Select(layout => layout.Blocks))}.");
    }

    // A preset that agrees in everything that tensors tell.
    private static ModelPreset? PublishedLike(OfficialArchitecture tensors) => ModelPresets.All.FirstOrDefault(preset =>
        preset.Model is { Groups: PublishedGroups, TimeEmbedding: 0 } model
        && model.Channels == tensors.Channels && model.Code == tensors.Code && tensors.TimeEmbedding == tensors.Code
        && model.Blocks == tensors.Decoder.Blocks && model.Multipliers.SequenceEqual(tensors.Decoder.Multipliers)
        && model.AttentionAt.SequenceEqual(tensors.Decoder.AttentionLevels.Select(level => preset.ImageSize >> level))
        && tensors.Encoders.Any(layout => layout.Blocks == model.EncoderBlocks && layout.Multipliers.SequenceEqual(model.EncoderMultipliers)));

    // Letters, digits and what else a recipe's name may have.
    private static string NameOf(string name)
    {
        string plain = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')).Trim('-', '_', '.');
        plain = plain[..Math.Min(plain.Length, 64)].TrimEnd('-', '_', '.');
        return plain.Length > 0 ? plain : "imported";
    }

    // What is no section is left for the recipe's reader to refuse.
    private static JsonObject SectionOf(JsonObject json, string key)
    {
        json.TryAdd(key, new JsonObject());
        return json[key] as JsonObject ?? [];
    }

    private static int? WholeOf(JsonObject section, string key) =>
        section[key] is JsonValue value && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            && decimal.IsInteger(number) && number is >= 0 and <= int.MaxValue ? (int)number : null;

    private static JsonArray ListOf(IEnumerable<int> numbers) => new([.. numbers.Select(number => JsonValue.Create(number))]);
}
