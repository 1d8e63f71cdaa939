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
        RunFolder created = folder is null ? RunFolder.Create(root, recipe.Name) : RunFolder.CreateAt(folder);
        AtomicFile.WriteText(created.RecipeFile, RecipeWriter.Write(recipe));
        return created;
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
    /// <param name="device">As in <see cref="ComputeDevice.Choose"/>. Default "auto".</param>
    /// <param name="precision">As there, but "auto" is the run's own. Default "auto".</param>
    /// <param name="threads">CPU threads; null for as many as before, or libtorch's choice where this machine has fewer cores.</param>
    public static ComputeDevice ReopenDevice(RunFolder run, string device = "auto", string precision = "auto", int? threads = null)
    {
        RunEnvironment before = RunEnvironment.Read(run);
        bool fits = before.Threads >= 1 && before.Threads <= Environment.ProcessorCount;
        return ComputeDevice.Choose(device, precision == "auto" ? before.Precision : precision, threads ?? (fits ? before.Threads : null));
    }

    /// <summary>The recipe of a run.</summary>
    /// <param name="run">An existing run.</param>
    public static Recipe ReadRecipe(RunFolder run) => RecipeLibrary.Load(run.RecipeFile);

    /// <summary>Whether a run's newest checkpoint is the recipe's end, and its model file was made of it.</summary>
    /// <param name="run">An existing run.</param>
    /// <param name="recipe">Its recipe.</param>
    public static bool IsFinished(RunFolder run, Recipe recipe) =>
        new CheckpointStore(run.CheckpointsFolder, recipe.Checkpoint.Keep).FindNewest().Newest is { } newest
        && newest.ImagesSeen >= new PhasePlan(recipe).End && HasModel(run, newest.ImagesSeen);

    /// <summary>Whether a run's model file is there, and was made at a position.</summary>
    internal static bool HasModel(RunFolder run, long imagesSeen)
    {
        try
        {
            return File.Exists(run.ModelFile) && ModelFile.Describe(run.ModelFile).ImagesSeen == imagesSeen;
        }
        catch (UnderpaintException)
        {
            // A damaged one is written anew.
            return false;
        }
    }

    private static bool IsSame(RunFolder run, Recipe recipe, string dataPath, string? validationPath)
    {
        try
        {
            RunEnvironment environment = RunEnvironment.Read(run);
            return RecipeWriter.Write(ReadRecipe(run)) == RecipeWriter.Write(recipe)
                && environment.Data == ImageSources.FullName(dataPath)
                && environment.Validation == (validationPath is null ? null : ImageSources.FullName(validationPath));
        }
        catch (UnderpaintException)
        {
            // Another run's damage is no reason to refuse this one.
            return false;
        }
    }

    private static RunFolder SameRecipe(RunFolder run, Recipe recipe) =>
        RecipeWriter.Write(ReadRecipe(run)) == RecipeWriter.Write(recipe)
            ? run
            : throw new UnderpaintException($"{run.Path} holds a run with another recipe.",
                "Continue it with `underpaint resume`, or give another folder for the new run.");
}
