using System.Text.Json;
using System.Text.Json.Nodes;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>
/// Changes the recipe of a run that has begun, from its newest checkpoint on: a lower learning rate after a loss that grew, a longer
/// last phase for a model that still improves. What made the run what it is stays: model, data, seed, batch, and the phases it has passed.
/// </summary>
public static class RecipeAmendment
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string[] Fixed = ["name", "start", "data", "model", "optimizer.batch", "seed"];

    /// <summary>Writes the changed recipe, and a record of the change into the run's metrics.</summary>
    /// <param name="run">A run that nobody is training.</param>
    /// <param name="settings">The changes, each as <c>path=value</c>, in their order.</param>
    /// <exception cref="UnderpaintException">A change is not allowed, breaks a rule of the recipe, or the run is being written.</exception>
    public static void Apply(RunFolder run, IReadOnlyList<string> settings)
    {
        using RunLock writer = RunLock.Acquire(run);
        Recipe before = RunStart.ReadRecipe(run), after = RecipeLibrary.Load(run.RecipeFile, settings);
        string text = RecipeWriter.Write(after);
        if (text == RecipeWriter.Write(before))
            return;
        long seen = new CheckpointStore(run.CheckpointsFolder, before.Checkpoint.Keep).FindNewest().Newest?.ImagesSeen ?? 0;
        Check(run, before, after, seen);
        var record = new RecipeChange { ImagesSeen = seen, Settings = settings };
        new MetricsLog(run.MetricsFile).Append((JsonObject)JsonSerializer.SerializeToNode(record, Json)!);
        AtomicFile.WriteText(run.RecipeFile, text);
    }

    private static void Check(RunFolder run, Recipe before, Recipe after, long seen)
    {
        JsonNode old = JsonNode.Parse(RecipeWriter.Write(before))!, changed = JsonNode.Parse(RecipeWriter.Write(after))!;
        foreach (string path in Fixed)
            if (!Same(old, changed, path))
                throw new UnderpaintException($"{path} cannot change in a run that has begun ({run.Path}).", "Start a new run for it: underpaint train.");

        IReadOnlyList<PhaseSpan> spans = new PhasePlan(before).Spans, newSpans = new PhasePlan(after).Spans;
        for (int i = 0; i < spans.Count; i++)
        {
            string phase = $"Phase {spans[i].Phase.Name} of {run.Path}";
            bool isOver = spans[i].End <= seen && i < spans.Count - 1;
            if (isOver && !JsonNode.DeepEquals(old["phases"]![i], changed["phases"]![i]))
                throw new UnderpaintException($"{phase} is over, and cannot change any more.",
                    $"The run has seen {seen} images: change a phase that is still to come.");
            if (!isOver && newSpans[i].Start < seen && newSpans[i].End < seen)
                throw new UnderpaintException($"{phase} has seen {seen - newSpans[i].Start} images already.", "Let it have at least as many.");
        }
    }

    private static bool Same(JsonNode one, JsonNode other, string path)
    {
        JsonNode? Follow(JsonNode root) => path.Split('.').Aggregate((JsonNode?)root, (node, key) => node?[key]);
        return JsonNode.DeepEquals(Follow(one), Follow(other));
    }
}
