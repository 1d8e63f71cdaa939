using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>The images of an experiment's runs, opened once for all runs that hold the same ones out. Dispose it.</summary>
internal sealed class SharedImages(Experiment experiment) : IDisposable
{
    private readonly Dictionary<(long Seed, ValidationOptions Validation), ExperimentImages> _opened = [];

    /// <summary>The images of a run.</summary>
    /// <param name="recipe">The run's recipe.</param>
    /// <exception cref="UnderpaintException">They cannot be opened.</exception>
    public ExperimentImages Of(Recipe recipe)
    {
        var choice = (recipe.Seed, recipe.Validation);
        if (!_opened.TryGetValue(choice, out ExperimentImages? images))
            _opened[choice] = images = new(experiment, recipe);
        return images;
    }

    /// <summary>The images of a run; null where they, or those that it is judged by, cannot be opened.</summary>
    /// <param name="recipe">The run's recipe.</param>
    public ExperimentImages? Find(Recipe recipe)
    {
        try
        {
            ExperimentImages images = Of(recipe);
            // Opened and looked at when they are asked for.
            _ = images.TrainingFingerprint;
            foreach (ExperimentEvaluation evaluation in experiment.Evaluations)
                _ = images.FingerprintOf(evaluation.On);
            return images;
        }
        catch (UnderpaintException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        foreach (ExperimentImages images in _opened.Values)
            images.Dispose();
    }
}
