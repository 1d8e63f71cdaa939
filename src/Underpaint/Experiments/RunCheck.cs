using Underpaint.Codes.Probes;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>What would spoil the rows of a run, found before it is trained for hours.</summary>
internal static class RunCheck
{
    /// <summary>Looks at a run's recipe and images.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="images">The run's images.</param>
    /// <exception cref="UnderpaintException">
    /// Images cannot be opened, are judged by although trained on, have not the labels that are asked for, or are prepared otherwise than another arm's.
    /// </exception>
    public static void Check(Experiment experiment, Recipe recipe, ExperimentImages images)
    {
        CheckPreparation(experiment, recipe.Data);
        foreach (EvaluationImages judged in experiment.Evaluations.Select(evaluation => evaluation.On).Distinct())
        {
            IImageSource source = images.SourceOf(judged);
            if (images.FingerprintOf(judged) == images.Data.Fingerprint())
            {
                throw new UnderpaintException($"The {ExperimentFolder.NameOf(judged)} images are the training images: {source.Description}. Their figures would flatter every arm.",
                    $"Name others in data.{ExperimentFolder.NameOf(judged)}, or leave it out.");
            }
            if (experiment.Measures.Probe is not null && !CodeClassification.CanJudge(images.Data.Training, source))
            {
                throw new UnderpaintException($"measures.probe needs images with labels of the same classes; {images.Data.Training.Description} and {source.Description} have not.",
                    "Give labelled images, or leave measures.probe out.");
            }
        }
    }

    // Figures of images of another size, colour or part are no figures of the same thing, and stand in one table.
    private static void CheckPreparation(Experiment experiment, DataOptions data)
    {
        foreach (ExperimentRun other in experiment.Runs.DistinctBy(run => run.Arm))
        {
            if (DataOf(experiment, other) is { } theirs && theirs with { Flip = data.Flip } != data)
            {
                throw new UnderpaintException($"Arm {other.Arm.Name} sees images of {Words(theirs)}, and this one of {Words(data)}: their figures cannot be compared.",
                    "Give all arms the same data.size, data.color and data.crop, or make experiments of their own.");
            }
        }
    }

    private static DataOptions? DataOf(Experiment experiment, ExperimentRun run)
    {
        try
        {
            return experiment.RecipeOf(run).Data;
        }
        catch (RecipeException)
        {
            // Told when that run's turn comes.
            return null;
        }
    }

    private static string Words(DataOptions data) => $"{data.Size} pixels ({data.Color.ToString().ToLowerInvariant()}, {data.Crop.ToString().ToLowerInvariant()})";
}
