using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>The images of an experiment's runs as they are now, opened once for all runs that hold the same ones out. Dispose it.</summary>
internal sealed class SharedImages(Experiment experiment) : IDisposable
{
    private readonly Dictionary<(long Seed, ValidationOptions Validation), ExperimentImages?> _opened = [];

    /// <summary>The images of a run; null where they cannot be opened.</summary>
    /// <param name="recipe">The run's recipe.</param>
    public ExperimentImages? Of(Recipe recipe)
    {
        var choice = (recipe.Seed, recipe.Validation);
        if (!_opened.TryGetValue(choice, out ExperimentImages? images))
            _opened[choice] = images = Open(recipe);
        return images;
    }

    public void Dispose()
    {
        foreach (ExperimentImages? images in _opened.Values)
            images?.Dispose();
    }

    private ExperimentImages? Open(Recipe recipe)
    {
        ExperimentImages? images = null;
        try
        {
            images = new(experiment, recipe);
            // Test images are opened when they are asked for.
            foreach (ExperimentEvaluation evaluation in experiment.Evaluations)
                _ = images.FingerprintOf(evaluation.On);
            return images;
        }
        catch (UnderpaintException)
        {
            images?.Dispose();
            return null;
        }
    }
}
