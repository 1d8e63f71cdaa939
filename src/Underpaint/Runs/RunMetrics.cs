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
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Reads a run's metrics, also while it is being trained.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="UnderpaintException">The file is damaged or cannot be read.</exception>
    public static RunMetrics Read(RunFolder run)
    {
        JsonObject[] lines = [.. new MetricsLog(run.MetricsFile).ReadAll()];
        try
        {
            return new(OfKind<TickRecord>(lines, "tick"), OfKind<ValidationRecord>(lines, "validation"),
                OfKind<SpikeRecord>(lines, "spike"), OfKind<RecipeChange>(lines, "change"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FileFormatException(run.MetricsFile, "holds a line that is no record of a run",
                "Move the file away to go on without its curves; weights and checkpoints do not depend on it.", e);
        }
    }

    private static T[] OfKind<T>(JsonObject[] lines, string kind) =>
        [.. lines.Where(line => (string?)line["kind"] == kind).Select(line => line.Deserialize<T>(Json)!)];
}
