using System.Text.Json;
using System.Text.Json.Nodes;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>
/// The model that a run goes on from. The run keeps a copy of it, so that it can begin again however often it dies before its first
/// checkpoint, wherever the model has gone since.
/// </summary>
internal static class RunStartModel
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Whether a recipe and the model that is given for it belong together.</summary>
    /// <exception cref="UnderpaintException">They do not.</exception>
    public static void Check(Recipe recipe, ModelDescription? from)
    {
        if (recipe.Start is null && from is null || recipe.Start is { } start && start.Sha256 == from?.Checksum)
            return;
        throw from is null
            ? new UnderpaintException($"Recipe {recipe.Name} goes on from a model, {recipe.Start!.Model}, which is not given.", "Give it: --from MODEL.")
            : new UnderpaintException($"Recipe {recipe.Name} does not go on from {from.Path}.", "Load the recipe with that model.");
    }

    /// <summary>Puts a copy of the model into a run's folder, unless it is there already.</summary>
    /// <exception cref="UnderpaintException">The model is damaged, or the copy cannot be written.</exception>
    public static void Keep(RunFolder run, Recipe recipe, ModelDescription from)
    {
        if (File.Exists(run.StartFile))
            return;
        ModelContent model = ModelFile.Read(from.Path);
        if (model.Checksum != recipe.Start!.Sha256)
            throw new UnderpaintException($"{from.Path} has been replaced by another model meanwhile.", "Give the command again.");
        ModelFile.Save(run.StartFile, model, Disk.Instance);
    }

    /// <summary>Sets a trainer at zero images seen to the model: its weights, and their average.</summary>
    /// <exception cref="UnderpaintException">The copy is missing, damaged, or of another model.</exception>
    public static void Load(Trainer trainer, RunFolder run, StartOptions start)
    {
        const string Remedy = "Give the command that started the run again, with --from.";
        if (!File.Exists(run.StartFile))
            throw new UnderpaintException($"{run.Path} has no checkpoint, and no copy of the model that it goes on from.", Remedy);
        ModelContent model = ModelFile.Read(run.StartFile);
        if (model.Checksum != start.Sha256)
            throw new FileFormatException(run.StartFile, "is not the model that the run's recipe goes on from", $"Remove it. {Remedy}");
        trainer.Network.Weights.Load(model.Values);
        trainer.Average.Weights.Load(model.Values);
    }

    /// <summary>Writes into the run's metrics what it goes on from, once.</summary>
    public static void Record(MetricsLog metrics, StartOptions start)
    {
        var record = new StartRecord { Model = start.Model, ModelImagesSeen = start.ImagesSeen, Sha256 = start.Sha256 };
        if (metrics.ReadAll().Any(line => (string?)line["kind"] == record.Kind))
            return;
        metrics.Append((JsonObject)JsonSerializer.SerializeToNode(record, Json)!);
    }
}
