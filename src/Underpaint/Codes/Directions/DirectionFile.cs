using System.Text.Encodings.Web;
using System.Text.Json;
using Underpaint.Codes.Probes;
using Underpaint.Storage;

namespace Underpaint.Codes.Directions;

/// <summary>Directions in a safetensors file: <c>weights</c> (directions, code), and everything else as JSON in its metadata.</summary>
internal static class DirectionFile
{
    private const string Key = "underpaint.directions", WeightsName = "weights";
    private const int CurrentFormat = 1;
    private const int MaxDirections = 100_000;
    private const string Remedy = "Use a directions file that `underpaint attributes` wrote.";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string path, DirectionSet set)
    {
        Entry[] entries = [.. set.Directions.Select(Entry.Of)];
        float[] weights = [.. set.Directions.SelectMany(direction => direction.Weights)];
        var tensor = TensorData.Floats(WeightsName, [set.Directions.Count, set.Statistics.CodeSize], weights);
        string json = JsonSerializer.Serialize(new Description(CurrentFormat, set.Model, set.Statistics, entries), Json);
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, [tensor], new Dictionary<string, string> { [Key] = json }));
    }

    public static DirectionSet Read(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Description description = Describe(file);
        int size = description.Statistics.CodeSize, count = description.Directions.Count;
        if (!file.Tensors.TryGetValue(WeightsName, out TensorEntry? tensor) || !tensor.Shape.SequenceEqual([count, size]))
            throw Broken(path, "has no weights that fit its directions");
        float[] weights = file.ReadFloats(WeightsName);
        if (!Array.TrueForAll(weights, float.IsFinite))
            throw Broken(path, "has weights that are not finite");
        return new()
        {
            Model = description.Model,
            Statistics = description.Statistics,
            Directions = [.. description.Directions.Select((entry, i) => entry.With(weights[(i * size)..((i + 1) * size)]))],
        };
    }

    private static Description Describe(SafetensorsFile file)
    {
        if (!file.Metadata.TryGetValue(Key, out string? json))
            throw Broken(file.Path, "holds no directions");
        try
        {
            Description description = JsonSerializer.Deserialize<Description>(json, Json) ?? throw Broken(file.Path, "says nothing about its directions");
            return IsPossible(description) ? description : throw Broken(file.Path, "describes directions that cannot be");
        }
        catch (JsonException e)
        {
            throw Broken(file.Path, $"has a damaged description of its directions ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static bool IsPossible(Description description) =>
        description.Format == CurrentFormat && ModelIdentity.IsPossible(description.Model)
        && description.Statistics is { CodeSize: >= 1 } statistics && statistics.Deviation.Count == statistics.CodeSize
        && statistics.Mean.All(double.IsFinite) && statistics.Deviation.All(deviation => double.IsFinite(deviation) && deviation >= 0)
        && description.Directions.Count is >= 1 and <= MaxDirections && description.Directions.All(entry => entry is { Name: not null } && double.IsFinite(entry.Unit))
        && description.Directions.DistinctBy(entry => entry.Name).Count() == description.Directions.Count;

    private static FileFormatException Broken(string path, string problem, Exception? inner = null) => new(path, problem, Remedy, inner);

    private sealed record Description(int Format, string Model, CodeStatistics Statistics, IReadOnlyList<Entry> Directions);

    private sealed record Entry(
        string Name, bool IsBinary, double Unit, IReadOnlyList<int> Examples, BinaryScores? Scores, double? Explained, string? Warning)
    {
        public static Entry Of(Direction direction) => new(direction.Name, direction.IsBinary, direction.Unit, direction.Examples,
            direction.Scores, direction.Explained, direction.Warning);

        public Direction With(float[] weights) => new()
        {
            Name = Name,
            IsBinary = IsBinary,
            Weights = weights,
            Unit = Unit,
            Examples = Examples,
            Scores = Scores,
            Explained = Explained,
            Warning = Warning,
        };
    }
}
