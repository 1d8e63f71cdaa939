using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Underpaint.Codes.Probes;
using Underpaint.Storage;

namespace Underpaint.Codes.Directions;

/// <summary>Directions in a safetensors file: <c>effects</c> and <c>probes</c> (directions, code), the tensors of the curves where there are any, and everything else as JSON in its metadata.</summary>
internal static partial class DirectionFile
{
    private const string Key = "underpaint.directions", EffectsName = "effects", ProbesName = "probes";
    private const int CurrentFormat = 1;
    private const int MaxDirections = 100_000;
    private const string Remedy = "Use a directions file that `underpaint attributes` wrote.";

    private static readonly DirectionJson Json = new(new JsonSerializerOptions(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static void Write(string path, DirectionSet set)
    {
        Entry[] entries = [.. set.Directions.Select(Entry.Of)];
        long[] shape = [set.Directions.Count, set.Statistics.CodeSize];
        TensorData[] tensors =
        [
            TensorData.Floats(EffectsName, shape, set.Directions.SelectMany(direction => direction.Effect).ToArray()),
            TensorData.Floats(ProbesName, shape, set.Directions.SelectMany(direction => direction.Probe).ToArray()),
            .. set.Curves is { } curves ? CurveTensors.Write(curves) : [],
        ];
        var description = new Description(CurrentFormat, set.Model, set.Statistics, entries, set.Curves is { } known ? CurveTensors.Of(known) : null);
        string json = JsonSerializer.Serialize(description, Json.Description);
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, tensors, new Dictionary<string, string> { [Key] = json }));
    }

    public static DirectionSet Read(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Description description = Describe(file);
        int size = description.Statistics.CodeSize;
        float[] Read(string name, params long[] shape) => Tensor(file, name, shape);
        float[] effects = Read(EffectsName, description.Directions.Count, size), probes = Read(ProbesName, description.Directions.Count, size);
        return new()
        {
            Model = description.Model,
            Statistics = description.Statistics,
            Directions = [.. description.Directions.Select((entry, i) => entry.With(effects[(i * size)..((i + 1) * size)], probes[(i * size)..((i + 1) * size)]))],
            Curves = description.Curves?.Read(file, size, Read),
        };
    }

    public static void CheckDestination(string path)
    {
        if (File.Exists(path) && !IsDirections(path))
            throw new UnderpaintException($"{path} is there already, and is something else.", "Delete it, or name another file.");
    }

    public static bool IsDirections(string path)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            return file.Metadata.ContainsKey(Key);
        }
        catch (FileFormatException)
        {
            return false;
        }
    }

    private static float[] Tensor(SafetensorsFile file, string name, long[] shape)
    {
        if (!file.Tensors.TryGetValue(name, out TensorEntry? tensor) || !tensor.Shape.SequenceEqual(shape))
            throw Broken(file.Path, $"has no {name} that fit its directions");
        float[] values = file.ReadFloats(name);
        return Array.TrueForAll(values, float.IsFinite) ? values : throw Broken(file.Path, $"has {name} that are not finite");
    }

    private static Description Describe(SafetensorsFile file)
    {
        if (!file.Metadata.TryGetValue(Key, out string? json))
            throw Broken(file.Path, "holds no directions");
        try
        {
            Description description = JsonSerializer.Deserialize(json, Json.Description) ?? throw Broken(file.Path, "says nothing about its directions");
            return IsPossible(description) ? description : throw Broken(file.Path, "describes directions that cannot be");
        }
        catch (JsonException e)
        {
            throw Broken(file.Path, $"has a damaged description of its directions ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static bool IsPossible(Description description) =>
        description.Format == CurrentFormat && ModelIdentity.IsPossible(description.Model)
        && description.Statistics is { CodeSize: >= 1, IsPossible: true }
        && description.Directions.Count is >= 1 and <= MaxDirections && description.Directions.All(entry => entry is { Name: not null } && double.IsFinite(entry.ProbeUnit))
        && description.Directions.DistinctBy(entry => entry.Name).Count() == description.Directions.Count
        && (description.Curves?.IsPossible(description.Directions.Count) ?? true);

    private static FileFormatException Broken(string path, string problem, Exception? inner = null) => new(path, problem, Remedy, inner);

    internal sealed record Description(int Format, string Model, CodeStatistics Statistics, IReadOnlyList<Entry> Directions, CurveTensors? Curves = null);

    internal sealed record Entry(
        string Name, bool IsBinary, double ProbeUnit, IReadOnlyList<int> Examples, BinaryScores? Scores, double? Explained, string? Warning)
    {
        public static Entry Of(Direction direction) => new(direction.Name, direction.IsBinary, direction.ProbeUnit, direction.Examples,
            direction.Scores, direction.Explained, direction.Warning);

        public Direction With(float[] effect, float[] probe) => new()
        {
            Name = Name,
            IsBinary = IsBinary,
            Effect = effect,
            Probe = probe,
            ProbeUnit = ProbeUnit,
            Examples = Examples,
            Scores = Scores,
            Explained = Explained,
            Warning = Warning,
        };
    }

    // Generated, not by reflection: programs that are trimmed or compiled ahead of time read directions, too.
    [JsonSerializable(typeof(Description), GenerationMode = JsonSourceGenerationMode.Metadata)]
    internal sealed partial class DirectionJson : JsonSerializerContext;
}
