using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>The recipe that a run of an experiment is trained by.</summary>
internal static class ArmRecipe
{
    /// <summary>Loads the arm's recipe, changes it, and makes it as long as the experiment says.</summary>
    public static Recipe Resolve(Experiment experiment, ExperimentRun run)
    {
        ExperimentArm arm = run.Arm;
        string recipe = RecipeLibrary.Names.Contains(arm.Recipe) ? arm.Recipe : Path.Combine(experiment.Folder, arm.Recipe);
        Recipe loaded = RecipeLibrary.Load(recipe, [.. experiment.Settings, .. arm.Settings]);
        Recipe resolved = loaded with { Name = arm.Name, Seed = run.Seed, Phases = Scale(loaded, experiment.Images) };
        return resolved with { Checkpoint = resolved.Checkpoint with { Milestones = Milestones(resolved, experiment) } };
    }

    /// <summary>The moments at which a run is judged, its end included; nominal, as they stand in the experiment's file.</summary>
    public static IEnumerable<long> Moments(Experiment experiment, ExperimentEvaluation evaluation) =>
        evaluation.At.Append(experiment.Images).Distinct();

    /// <summary>How many images a run has really seen at a moment: the end of the batch that it lies in.</summary>
    public static long ImagesSeenAt(Recipe recipe, long moment)
    {
        long batch = recipe.Optimizer.Batch;
        return (moment + batch - 1) / batch * batch;
    }

    // In whole batches, so that recipes of any number of phases end after equally many images.
    private static List<Phase> Scale(Recipe recipe, long images)
    {
        long batch = recipe.Optimizer.Batch, batches = ImagesSeenAt(recipe, images) / batch, before = 0, end = 0;
        int count = recipe.Phases.Count;
        if (batches < count)
        {
            throw new RecipeException($"Recipe {recipe.Name}", "phases", $"are {count}, and {images} images are {batches} batches",
                "Give the experiment more images, or the recipe a smaller optimizer.batch.");
        }
        var scaled = new List<Phase>();
        foreach (Phase phase in recipe.Phases)
        {
            before += phase.Images;
            long start = end, others = count - scaled.Count - 1;
            end = Math.Clamp((long)Math.Round((decimal)before * batches / recipe.TotalImages), start + 1, batches - others);
            scaled.Add(phase with { Images = (end - start) * batch });
        }
        return scaled;
    }

    // The end needs none: it has the run's own model file.
    private static IReadOnlyList<long> Milestones(Recipe recipe, Experiment experiment) =>
    [
        .. experiment.Evaluations.SelectMany(evaluation => evaluation.At).Concat(recipe.Checkpoint.Milestones)
            .Where(moment => moment < experiment.Images).Distinct().Order(),
    ];
}
