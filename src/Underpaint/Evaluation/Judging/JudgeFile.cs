using System.Text.Json;
using System.Text.Json.Serialization;
using Underpaint.Networks;
using Underpaint.Storage;

namespace Underpaint.Evaluation.Judging;

/// <summary>A judge's file: a safetensors file with its weights, and its description in the metadata.</summary>
public static class JudgeFile
{
    private const string DescriptionKey = "underpaint.judge";
    private const string ChecksumKey = "underpaint.sha256";
    private const int MaxOutputs = 100_000;
    private const string Remedy = "Train the judge again with `underpaint judge`.";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Whether a safetensors file is a judge's.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UnderpaintException">The file is missing, damaged or no safetensors file.</exception>
    public static bool IsJudge(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return file.Metadata.ContainsKey(DescriptionKey);
    }

    /// <summary>Reads what a judge's file says about itself, without its weights.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UnderpaintException">The file is missing, damaged, or no judge's.</exception>
    public static JudgeDescription Describe(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return Describe(file);
    }

    internal static void Save(string path, JudgeDescription description, WeightSet weights)
    {
        float[] values = weights.ToArray();
        var metadata = new Dictionary<string, string>
        {
            [DescriptionKey] = JsonSerializer.Serialize(description, Json),
            [ChecksumKey] = NumberHash.Of(values),
        };
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, WeightTensors.Describe(weights, values), metadata));
    }

    /// <summary>The description, and the weights in the order of the network that it describes.</summary>
    internal static (JudgeDescription Description, float[] Weights) Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        JudgeDescription description = Describe(file);
        using var layout = new JudgeNetwork(description.Options, description.Questions.Sum(question => question.Outputs));
        float[] values = WeightTensors.Read(file, layout.Weights);
        return file.Metadata.GetValueOrDefault(ChecksumKey) == NumberHash.Of(values)
            ? (description, values)
            : throw new FileFormatException(path, "is damaged: its weights do not match its checksum", Remedy);
    }

    private static JudgeDescription Describe(SafetensorsFile file)
    {
        if (!file.Metadata.TryGetValue(DescriptionKey, out string? json))
            throw new FileFormatException(file.Path, "is a safetensors file, but not a judge of Underpaint",
                "Give a file that `underpaint judge` wrote.");
        try
        {
            JudgeDescription? description = JsonSerializer.Deserialize<JudgeDescription>(json, Json);
            return description is not null && IsPossible(description)
                ? description with { Identity = WeightsIdentity.OfChecksum(file.Metadata.GetValueOrDefault(ChecksumKey, "")) }
                : throw new FileFormatException(file.Path, "describes an impossible judge, or one of another version", Remedy);
        }
        catch (JsonException e)
        {
            throw new FileFormatException(file.Path, $"has a damaged description: {e.Message.TrimEnd('.')}", Remedy, e);
        }
    }

    // Before anything is laid out or allocated by these numbers.
    private static bool IsPossible(JudgeDescription description) =>
        description.Version == JudgeNetwork.Version
        && JudgeRules.Problem(description.Options) is null
        && description.Questions.Count is >= 1 and <= 100
        && description.Scores.Count == description.Questions.Count && description.Scores.All(score => score is not null)
        && description.Questions.All(IsPossible) && description.Questions.Sum(question => (long)question.Outputs) <= MaxOutputs;

    private static bool IsPossible(JudgeQuestion? question) =>
        question is not null && double.IsFinite(question.Low) && question.Low < question.High && Enum.IsDefined(question.Kind)
        && question.ClassNames.Count == (question.Kind == QuestionKind.Class ? question.High + 1 : 0) && question.ClassNames.All(name => name is not null);
}
