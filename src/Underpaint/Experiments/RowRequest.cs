using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>One row that an experiment asks for: a run's model at a moment, judged in one way.</summary>
/// <param name="Run">The run.</param>
/// <param name="Evaluation">How it is judged.</param>
/// <param name="At">Images seen, as the experiment's file says.</param>
/// <param name="Decoding">How it decodes.</param>
internal sealed record RowRequest(ExperimentRun Run, ExperimentEvaluation Evaluation, long At, Decoding Decoding)
{
    /// <summary>Every row of a run, moment by moment.</summary>
    public static IReadOnlyList<RowRequest> Of(Experiment experiment, ExperimentRun run, Recipe recipe)
    {
        var all =
            from evaluation in experiment.Evaluations
            from at in ArmRecipe.Moments(experiment, evaluation)
            from decoding in evaluation.Decodings
            where decoding.Kind != ReconstructionKind.InvertedStochasticCode || CanInvert(recipe, at)
            orderby at
            select new RowRequest(run, evaluation, at, decoding);
        // Two evaluations may ask for the same row.
        return [.. all.DistinctBy(row => (row.At, row.Evaluation.On, row.Evaluation.Images, row.Evaluation.Seed, row.Decoding))];
    }

    /// <summary>The model file that the row is made from; it need not be there.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="recipe">The run's recipe.</param>
    public string ModelIn(RunFolder run, Recipe recipe) => recipe.Checkpoint.Milestones.Contains(At) ? run.ModelFileAt(At) : run.ModelFile;

    /// <summary>Network calls for the whole row.</summary>
    public long Calls(int images) => Math.Min(Evaluation.Images, images) * (Decoding.Steps * (Decoding.Kind == ReconstructionKind.InvertedStochasticCode ? 2L : 1L));

    // A model that has seen the highest noise only has nothing to invert; see DiffusionAutoencoder.CanInvert.
    private static bool CanInvert(Recipe recipe, long at) =>
        new PhasePlan(recipe).Before(ArmRecipe.ImagesSeenAt(recipe, at)).Phase.Schedule.Kind != ScheduleKind.HighestNoise;
}
