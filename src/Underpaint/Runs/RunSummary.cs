using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>What stands in a run's folder: how far it is, how good it is, and what can be continued from.</summary>
public sealed record RunSummary
{
    /// <summary>The folder.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>The recipe.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Where the phases begin and end.</summary>
    public required PhasePlan Plan { get; init; }

    /// <summary>What it ran on last; null before its first start.</summary>
    public required RunEnvironment? Environment { get; init; }

    /// <summary>Images seen by a finished run's model; else at the newest checkpoint that verifies, or by the model; 0 without either.</summary>
    public required long ImagesSeen { get; init; }

    /// <summary>Images seen at each checkpoint folder, oldest first; only the newest sound one was verified.</summary>
    public required IReadOnlyList<long> Checkpoints { get; init; }

    /// <summary>Checkpoints newer than <see cref="ImagesSeen"/> that cannot be trusted.</summary>
    public required IReadOnlyList<RejectedCheckpoint> Rejected { get; init; }

    /// <summary>The newest look at the validation images; null before the first.</summary>
    public required ValidationRecord? LastValidation { get; init; }

    /// <summary>What was changed in the recipe on the way, oldest first.</summary>
    public required IReadOnlyList<RecipeChange> Changes { get; init; }

    /// <summary>Whether there is a model file.</summary>
    public required bool HasModel { get; init; }

    /// <summary>Whether its model was made at the recipe's end; see <see cref="RunStart.IsFinished"/>.</summary>
    public required bool IsFinished { get; init; }

    /// <summary>The phase that the next image belongs to; the last one at the end.</summary>
    public PhaseSpan Phase => Plan.At(ImagesSeen);

    /// <summary>Reads a run's folder, also while it is being trained.</summary>
    /// <param name="folder">The run.</param>
    /// <exception cref="UnderpaintException">A file of it is damaged or cannot be read.</exception>
    public static RunSummary Of(RunFolder folder)
    {
        Recipe recipe = RunStart.ReadRecipe(folder);
        var plan = new PhasePlan(recipe);
        long made = RunStart.ModelPosition(folder) ?? 0;
        RunMetrics metrics = RunMetrics.Read(folder);
        CheckpointSearch search = new CheckpointStore(folder.CheckpointsFolder, recipe.Checkpoint.Keep).FindNewest();
        return new()
        {
            Folder = folder,
            Recipe = recipe,
            Plan = plan,
            Environment = File.Exists(folder.EnvironmentFile) ? RunEnvironment.Read(folder) : null,
            ImagesSeen = made >= plan.End ? made : search.Newest?.ImagesSeen ?? made,
            IsFinished = made >= plan.End,
            Checkpoints =
            [
                .. CheckpointFolder.List(folder.CheckpointsFolder).Select(found => found.ImagesSeen).Distinct().Order(),
            ],
            Rejected = search.Rejected,
            LastValidation = metrics.Validations is [.., var last] ? last : null,
            Changes = metrics.Changes,
            HasModel = File.Exists(folder.ModelFile),
        };
    }
}
