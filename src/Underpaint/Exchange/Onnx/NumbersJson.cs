using System.Text.Json;
using System.Text.Json.Serialization;

namespace Underpaint.Exchange.Onnx;

/// <summary>Numbers as a JSON list. Generated, not by reflection: programs that are trimmed or compiled ahead of time read graphs, too.</summary>
[JsonSerializable(typeof(double[]), GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class NumbersJson : JsonSerializerContext
{
    /// <summary>Writes them.</summary>
    public static string Write(IEnumerable<double> numbers) => JsonSerializer.Serialize(numbers.ToArray(), Default.DoubleArray);

    /// <summary>Reads them.</summary>
    /// <exception cref="JsonException">It is no list of numbers.</exception>
    public static double[]? Read(string json) => JsonSerializer.Deserialize(json, Default.DoubleArray);
}
