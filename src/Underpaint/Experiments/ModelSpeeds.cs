using System.Text.Json.Nodes;
using Underpaint.Machine;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>How fast models are here: as runs of the experiment have shown, and else by a short trial. Recipes of one model share a speed.</summary>
internal sealed class ModelSpeeds(Experiment experiment, ExperimentFolder folder, ComputeDevice device, CancellationToken stop)
{
    private const double TrialSeconds = 1;
    private const int TrialSteps = 4;

    private readonly Dictionary<string, double> _training = [], _calls = [];

    /// <summary>Images trained on in a second.</summary>
    public double Training(Recipe recipe)
    {
        string model = ModelOf(recipe);
        if (!_training.TryGetValue(model, out double speed))
            _training[model] = speed = Seen(model) ?? Try(recipe, SpeedTasks.Train).TrainImagesPerSecond!.Value;
        return speed;
    }

    /// <summary>Network calls in a second, of one image each, while decoding.</summary>
    public double Calls(Recipe recipe)
    {
        string model = ModelOf(recipe);
        if (!_calls.TryGetValue(model, out double speed))
            _calls[model] = speed = Try(recipe, SpeedTasks.Decode).DecodeImagesPerSecond!.Value * TrialSteps;
        return speed;
    }

    // What the time of a step depends on.
    private static string ModelOf(Recipe recipe)
    {
        JsonNode json = JsonNode.Parse(RecipeWriter.Write(recipe))!;
        return $"{json["data"]} {json["model"]} {recipe.Optimizer.Batch}";
    }

    private double? Seen(string model)
    {
        double[] speeds =
        [
            .. experiment.Runs.Select(folder.RunPath).Where(RunFolder.IsRun).Select(RunFolder.Open)
                .Where(run => IsOf(run, model)).Select(RunSpeed.Of).OfType<double>(),
        ];
        return speeds.Length > 0 ? SpeedTest.Median(speeds) : null;
    }

    private static bool IsOf(RunFolder run, string model)
    {
        try
        {
            return ModelOf(RunStart.ReadRecipe(run)) == model;
        }
        catch (UnderpaintException)
        {
            // Told when that run's turn comes.
            return false;
        }
    }

    private SpeedResult Try(Recipe recipe, SpeedTasks tasks) => SpeedTest.Run(new()
    {
        Preset = new() { Name = recipe.Name, Description = "", ImageSize = recipe.Data.Size, Model = recipe.Model },
        TrainBatch = recipe.Optimizer.Batch,
        Steps = TrialSteps,
        Tasks = tasks,
        Seconds = TrialSeconds,
    }, device, stop: stop);
}
