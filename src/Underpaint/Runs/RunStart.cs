using Underpaint.Data;
using Underpaint.Machine;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>Finds or makes the folder of a run: the same request again continues what was interrupted.</summary>
public static class RunStart
{
    /// <summary>The folder for a recipe on some data.</summary>
    /// <param name="recipe">The resolved recipe.</param>
    /// <param name="dataPath">The training images, as given.</param>
    /// <param name="validationPath">The validation images, as given; null to hold some out.</param>
    /// <param name="folder">
    /// The run's own folder; if it holds a run already, its recipe must be the same. Null: the newest unfinished run in <paramref name="root"/> with the
    /// same recipe and data, or else a new one there.
    /// </param>
    /// <param name="root">The folder of all runs. Default "runs".</param>
    /// <param name="from">The model that the recipe goes on from, if it does: the run keeps a copy.</param>
    /// <exception cref="UnderpaintException">The folder holds another run or something else, or cannot be written; or the recipe goes
    /// on from a model that is not given.</exception>
    public static RunFolder FindOrCreate(
        Recipe recipe, string dataPath, string? validationPath, string? folder = null, string root = "runs", ModelDescription? from = null)
    {
        RunStartModel.Check(recipe, from);
        RunFolder run = FindOrCreateFolder(recipe, dataPath, validationPath, folder, root);
        if (from is not null)
            RunStartModel.Keep(run, recipe, from);
        return run;
    }

    private static RunFolder FindOrCreateFolder(Recipe recipe, string dataPath, string? validationPath, string? folder, string root)
    {
        if (folder is not null && RunFolder.IsRun(folder))
            return SameRecipe(RunFolder.Open(folder), recipe);
        RunFolder? unfinished = folder is null
            ? RunFolder.List(root).LastOrDefault(run => IsSame(run, recipe, dataPath, validationPath) && !IsFinished(run, recipe))
            : null;
        if (unfinished is not null)
            return unfinished;
        try
        {
            RunFolder created = folder is null ? RunFolder.Create(root, recipe.Name) : RunFolder.CreateAt(folder);
            AtomicFile.WriteText(created.RecipeFile, RecipeWriter.Write(recipe));
            return created;
        }
        catch (UnderpaintException) when (folder is not null && RunFolder.IsRun(folder))
        {
            // Another process was a moment faster.
            return SameRecipe(RunFolder.Open(folder), recipe);
        }
    }

    /// <summary>Opens the images that a run was trained on, as its environment tells.</summary>
    /// <param name="run">An existing run.</param>
    /// <param name="dataPath">The same images at another path; null to use the recorded one.</param>
    /// <param name="validationPath">Likewise for the validation images.</param>
    public static TrainingData ReopenData(RunFolder run, string? dataPath = null, string? validationPath = null)
    {
        RunEnvironment environment = RunEnvironment.Read(run);
        return TrainingData.Open(dataPath ?? environment.Data, validationPath ?? environment.Validation, ReadRecipe(run));
    }

    /// <summary>Chooses how to compute so that the run goes on exactly where it can: as its environment tells, unless told otherwise.</summary>
    /// <param name="run">An existing run.</param>
    /// <param name="device">As in <see cref="ComputeDevice.Choose"/>, but "auto" is the run's own where it works here. Default "auto".</param>
    /// <param name="precision">As there, but "auto" is the run's own. Default "auto".</param>
    /// <param name="threads">CPU threads; null for as many as before, or libtorch's choice where this machine has fewer cores.</param>
    public static ComputeDevice ReopenDevice(RunFolder run, string device = "auto", string precision = "auto", int? threads = null)
    {
        RunEnvironment before = RunEnvironment.Read(run);
        bool fits = before.Threads >= 1 && before.Threads <= Environment.ProcessorCount;
        // Without a word, a GPU is taken wherever there is one: right for a run that had one, not for one that had none.
        string where = device == "auto" && before.Device == "cpu" ? before.Device : device;
        return ComputeDevice.Choose(where, precision == "auto" ? before.Precision : precision, threads ?? (fits ? before.Threads : null));
    }

    /// <summary>The recipe of a run.</summary>
    /// <param name="run">An existing run.</param>
    public static Recipe ReadRecipe(RunFolder run) => RecipeLibrary.Load(run.RecipeFile);

    /// <summary>Whether a run's model file was made at the recipe's end; its checkpoints may have been removed since.</summary>
    /// <param name="run">An existing run.</param>
    /// <param name="recipe">Its recipe.</param>
    public static bool IsFinished(RunFolder run, Recipe recipe) => ModelPosition(run) >= new PhasePlan(recipe).End;

    /// <summary>Images seen by a run's model file; null where there is none that can be used.</summary>
    internal static long? ModelPosition(RunFolder run)
    {
        try
        {
            return File.Exists(run.ModelFile) ? ModelFile.Describe(run.ModelFile).ImagesSeen : null;
        }
        catch (UnderpaintException)
        {
            // A damaged one is written anew.
            return null;
        }
    }

    /// <summary>Finds the checkpoint that a run goes on from.</summary>
    /// <exception cref="UnderpaintException">None can be used, and yet there is a model, which beginning again would replace.</exception>
    internal static CheckpointSearch FindCheckpoint(RunFolder run, CheckpointStore checkpoints)
    {
        CheckpointSearch search = checkpoints.FindNewest();
        // A model is made after its checkpoint, so there has been one.
        if (search.Newest is not null || !File.Exists(run.ModelFile))
            return search;
        string why = search.Rejected is [var newest, ..] ? $" {newest.Reason}" : "";
        throw new UnderpaintException($"{run.Path} has a model but no checkpoint that can be used.{why}",
            "Restore the checkpoints, delete model.safetensors to begin again, or train in another folder (--out).");
    }

    private static bool IsSame(RunFolder run, Recipe recipe, string dataPath, string? validationPath)
    {
        try
        {
            RunEnvironment environment = RunEnvironment.Read(run);
            return RecipeWriter.Write(ReadRecipe(run)) == RecipeWriter.Write(recipe)
                && IsSamePath(environment.Data, dataPath) && IsSamePath(environment.Validation, validationPath);
        }
        catch (UnderpaintException)
        {
            // Another run's damage is no reason to refuse this one.
            return false;
        }
    }

    // Earlier versions recorded a separator at the end where one was given.
    private static bool IsSamePath(string? recorded, string? given) =>
        (recorded is null ? null : ImageSources.FullName(recorded)) == (given is null ? null : ImageSources.FullName(given));

    private static RunFolder SameRecipe(RunFolder run, Recipe recipe) =>
        RecipeWriter.Write(ReadRecipe(run)) == RecipeWriter.Write(recipe)
            ? run
            : throw new UnderpaintException($"{run.Path} holds a run with another recipe.",
                "Continue it with `underpaint resume`, or give another folder for the new run.");
}
