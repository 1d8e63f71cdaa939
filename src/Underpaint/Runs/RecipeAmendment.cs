using System.Text.Json;
using System.Text.Json.Nodes;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>
/// Changes the recipe of a run that has begun, from its newest checkpoint on: a lower learning rate after a loss that grew, a longer
/// last phase for a model that still improves. What made the run what it is stays: model, data and how much of them is held out, seed, batch, and
/// the phases it has passed.
/// </summary>
public static class RecipeAmendment
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string[] Fixed = ["name", "start", "data", "model", "optimizer.batch", "seed"];

    /// <summary>Writes the changed recipe, and a record of the change into the run's metrics.</summary>
    /// <param name="run">A run that nobody is training.</param>
    /// <param name="settings">The changes, each as <c>path=value</c>, in their order.</param>
    /// <exception cref="UnderpaintException">A change is not allowed, breaks a rule of the recipe, or the run is being written or has lost its
    /// checkpoints.</exception>
    public static void Apply(RunFolder run, IReadOnlyList<string> settings)
    {
        using RunLock writer = RunLock.Acquire(run);
        Recipe before = RunStart.ReadRecipe(run), after = RecipeLibrary.Load(run.RecipeFile, settings);
        string text = RecipeWriter.Write(after);
        if (text == RecipeWriter.Write(before))
            return;
        var checkpoints = new CheckpointStore(run.CheckpointsFolder, before.Checkpoint.Keep);
        long seen = RunStart.FindCheckpoint(run, checkpoints).Newest?.ImagesSeen ?? 0;
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
        CheckHeldOut(run, TrainingData.HeldOutBy(before), TrainingData.HeldOutBy(after));

        IReadOnlyList<PhaseSpan> spans = new PhasePlan(before).Spans, newSpans = new PhasePlan(after).Spans;
        for (int i = 0; i < spans.Count; i++)
        {
            string phase = $"Phase {spans[i].Phase.Name} of {run.Path}";
            bool isLeftOut = i >= newSpans.Count, isOver = spans[i].End <= seen && i < spans.Count - 1;
            if (isLeftOut && spans[i].Start < seen)
                throw new UnderpaintException($"{phase} has begun, and cannot be left out any more.",
                    $"The run has seen {seen} images: leave out phases that are still to come.");
            if (isLeftOut)
                break;
            if (isOver && !JsonNode.DeepEquals(old["phases"]![i], changed["phases"]![i]))
                throw new UnderpaintException($"{phase} is over, and cannot change any more.",
                    $"The run has seen {seen} images: change a phase that is still to come.");
            if (!isOver && newSpans[i].Start < seen && newSpans[i].End < seen)
                throw new UnderpaintException($"{phase} has seen {seen - newSpans[i].Start} images already.", "Let it have at least as many.");
        }
    }

    // Of another number, some would be images that the run has been trained on.
    private static void CheckHeldOut(RunFolder run, int before, int after)
    {
        if (before != after && !HasOwnValidation(run))
            throw new UnderpaintException($"How many images are held out cannot change in a run that has begun ({run.Path}).",
                $"Set validation.heldOut={before} as well, so that they stay the same, or start a new run: underpaint train.");
    }

    // What a run is given to be judged by is never trained on, however many others its recipe would hold out.
    private static bool HasOwnValidation(RunFolder run) =>
        File.Exists(run.EnvironmentFile) && RunEnvironment.Read(run).Validation is not null;

    private static bool Same(JsonNode one, JsonNode other, string path)
    {
        JsonNode? Follow(JsonNode root) => path.Split('.').Aggregate((JsonNode?)root, (node, key) => node?[key]);
        return JsonNode.DeepEquals(Follow(one), Follow(other));
    }
}
