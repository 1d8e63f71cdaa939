using System.Text.Json;
using System.Text.Json.Nodes;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>What a run measured so far: the lines of its <c>metrics.jsonl</c>, in order of images seen.</summary>
/// <param name="Ticks">How the training went.</param>
/// <param name="Validations">How well the validation images were reconstructed.</param>
/// <param name="Spikes">The steps whose loss stood out.</param>
/// <param name="Changes">What was changed in the recipe on the way.</param>
public sealed record RunMetrics(
    IReadOnlyList<TickRecord> Ticks, IReadOnlyList<ValidationRecord> Validations, IReadOnlyList<SpikeRecord> Spikes, IReadOnlyList<RecipeChange> Changes)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    /// <summary>Reads a run's metrics, also while it is being trained.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="UnderpaintException">The file is damaged or cannot be read.</exception>
    public static RunMetrics Read(RunFolder run)
    {
        var (ticks, validations, spikes, changes) =
            (new List<TickRecord>(), new List<ValidationRecord>(), new List<SpikeRecord>(), new List<RecipeChange>());
        try
        {
            // Line by line: as JSON they take many times their length.
            foreach (JsonObject line in new MetricsLog(run.MetricsFile).ReadAll())
            {
                switch ((string?)line["kind"])
                {
                    case "tick": Add(ticks, line); break;
                    case "validation": Add(validations, line); break;
                    case "spike": Add(spikes, line); break;
                    case "change": Add(changes, line); break;
                }
            }
            return new(ticks, validations, spikes, changes);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FileFormatException(run.MetricsFile, "holds a line that is no record of a run",
                "Move the file away to go on without its curves; weights and checkpoints do not depend on it.", e);
        }
    }

    private static void Add<T>(List<T> records, JsonObject line) => records.Add(line.Deserialize<T>(Json)!);
}
