using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Underpaint.Evaluation.Metrics;
using Underpaint.Storage;

namespace Underpaint.Evaluation;

/// <summary>The figures of every image in every way of decoding, a line for each: as JSON lines or as CSV.</summary>
public static class ScoreFile
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Refuses a path that does not say how to write it.</summary>
    /// <param name="path">The file to be written.</param>
    /// <exception cref="UnderpaintException">Its ending is neither that of JSON lines nor of CSV.</exception>
    public static void CheckEnding(string path)
    {
        if (!IsCsv(path) && !Path.GetExtension(path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase))
            throw new UnderpaintException($"The ending of {path} does not say how to write it.", "Let it end in .jsonl for JSON lines or in .csv.");
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file, ending in .jsonl or .csv; replaced if it exists.</param>
    /// <param name="result">The figures.</param>
    /// <exception cref="UnderpaintException">The path ends otherwise, or the file cannot be written.</exception>
    public static void Write(string path, EvaluationResult result)
    {
        CheckEnding(path);
        byte[] text = Encoding.UTF8.GetBytes(IsCsv(path) ? Csv(result) : JsonLines(result));
        AtomicFile.Write(path, stream => stream.Write(text));
    }

    private static bool IsCsv(string path) => Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);

    private static string JsonLines(EvaluationResult result) => string.Concat(Lines(result).Select(line =>
    {
        var json = new JsonObject { ["image"] = line.Image };
        foreach (var (key, value) in EvaluationJson.Of(line.Decoding).ToArray())
            json[key == "name" ? "decoding" : key] = value?.DeepClone();
        foreach (var (metric, value) in line.Figures)
            json[metric.Key] = value;
        return json.ToJsonString(Json) + "\n";
    }));

    // Lines end as RFC 4180 has it.
    private static string Csv(EvaluationResult result)
    {
        var text = new StringBuilder("image,decoding,kind,steps,solver,grid");
        foreach (var (metric, _) in result.Decodings[0].OfImage(0))
            text.Append(',').Append(metric.Key);
        foreach (Line line in Lines(result))
        {
            text.Append("\r\n").AppendJoin(',', Quote(line.Image), Quote(line.Decoding.Name), DecodingWords.Of(line.Decoding.Kind),
                line.Decoding.Steps.ToString(CultureInfo.InvariantCulture), DecodingWords.Of(line.Decoding.Solver), DecodingWords.Of(line.Decoding.Grid));
            foreach (var (_, value) in line.Figures)
                text.Append(',').Append(value.ToString("R", CultureInfo.InvariantCulture));
        }
        return text.Append("\r\n").ToString();
    }

    private static IEnumerable<Line> Lines(EvaluationResult result) => result.Decodings.SelectMany(decoding =>
        result.Names.Select((name, i) => new Line(name, decoding.Decoding, decoding.OfImage(i))));

    private static string Quote(string text) => text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;

    private sealed record Line(string Image, Decoding Decoding, IEnumerable<(Metric Metric, double Value)> Figures);
}
