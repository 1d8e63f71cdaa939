using System.Text.Json;
using Underpaint.Machine;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>Trains one run of an experiment: begins it, goes on with it, or finds that it is done.</summary>
internal static class RunTraining
{
    /// <summary>Trains.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="recipe">Its recipe.</param>
    /// <param name="data">Its images.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the training after the step under way, which is saved.</param>
    /// <returns>Whether the run is trained to its end.</returns>
    /// <exception cref="RunInUseException">Another process works on the run.</exception>
    /// <exception cref="UnderpaintException">The folder holds another run, or the training fails.</exception>
    public static bool Train(string path, Recipe recipe, TrainingData data, ComputeDevice device, IExperimentObserver observer,
        TimeProvider time, CancellationToken stop)
    {
        RunFolder folder = FindOrBegin(path, recipe, data);
        if (RunStart.IsFinished(folder, recipe))
            return true;
        using var run = new TrainingRun(folder, data, device, time);
        bool isFinished = false;
        observer.Training(run, watcher => isFinished = run.Train(watcher, stop));
        return isFinished;
    }

    private static RunFolder FindOrBegin(string path, Recipe recipe, TrainingData data)
    {
        if (!RunFolder.IsRun(path))
            return RunStart.FindOrCreate(recipe, data.Path, data.ValidationPath, path);
        RunFolder folder = RunFolder.Open(path);
        Recipe there = CheckSame(folder, recipe, data);
        // When models are kept does not touch the training: the experiment may ask for other moments on the way. A finished run passes none any more.
        if (!RunStart.IsFinished(folder, recipe) && RecipeWriter.Write(there with { Name = recipe.Name }) != RecipeWriter.Write(recipe))
            RecipeAmendment.Apply(folder, [$"checkpoint={CheckpointJson(recipe.Checkpoint)}"]);
        return folder;
    }

    /// <summary>Makes sure that a run that is there is the one that is wanted.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="recipe">The recipe wanted.</param>
    /// <param name="data">The images wanted.</param>
    /// <returns>Its own recipe, which may differ in when models are kept.</returns>
    /// <exception cref="UnderpaintException">It is another run.</exception>
    public static Recipe CheckSame(RunFolder folder, Recipe recipe, TrainingData data)
    {
        Recipe there = RunStart.ReadRecipe(folder);
        if (RowStore.HashOf(there) != RowStore.HashOf(recipe))
            throw new UnderpaintException($"{folder.Path} holds a run with another recipe than the experiment's.",
                "Give the arm another name, or move that folder and its rows away to train it anew.");
        // Of other images others are held out: the model would be judged by some that it was trained on.
        if (IsOnOtherImages(folder, data))
            throw new UnderpaintException($"{folder.Path} holds a run on other images than the experiment's: {data.Path} or data.validation has changed since.",
                "Put the images back, or move that folder and its rows away to train it anew.");
        return there;
    }

    // Validation images of their own touch no training: rows judged by others are made anew.
    private static bool IsOnOtherImages(RunFolder folder, TrainingData data)
    {
        if (!File.Exists(folder.EnvironmentFile))
            return false;
        RunEnvironment trained = RunEnvironment.Read(folder);
        bool isOther = trained.DataFingerprint is { } fingerprint && fingerprint != data.Fingerprint();
        return isOther || (trained.Validation is null) != (data.ValidationPath is null);
    }

    private static string CheckpointJson(CheckpointOptions checkpoint) =>
        JsonSerializer.Serialize(checkpoint, JsonSerializerOptions.Web);
}
