using Underpaint.Data;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>
/// Recipes compared with each other: arms × seeds on the same images, each trained on equally many, and each judged in the same ways.
/// </summary>
public sealed record Experiment
{
    /// <summary>Its name; part of the results folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>The images.</summary>
    public required ExperimentData Data { get; init; }

    /// <summary>How many images each run trains on: phases are stretched or shortened to it, in their proportions.</summary>
    public required long Images { get; init; }

    /// <summary>The seeds that each arm is trained with, unless it has its own. Default 0 alone.</summary>
    public IReadOnlyList<long> Seeds { get; init; } = [0];

    /// <summary>Changes to the recipes of all arms, each as <c>path=value</c>. Default none.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>What is compared; at least one.</summary>
    public required IReadOnlyList<ExperimentArm> Arms { get; init; }

    /// <summary>How each run is judged; at least one.</summary>
    public required IReadOnlyList<ExperimentEvaluation> Evaluations { get; init; }

    /// <summary>What models are judged by besides the metrics that need the images alone. Default nothing.</summary>
    public ExperimentMeasures Measures { get; init; } = new();

    /// <summary>The folder that relative paths of recipes begin in. Default the current one.</summary>
    public string Folder { get; init; } = ".";

    /// <summary>The folder that relative paths of images, and of what they are judged by, begin in. Default the current one.</summary>
    public string DataFolder { get; init; } = ".";

    /// <summary>All runs, one seed of every arm after the other: what can be compared early is trained early.</summary>
    public IReadOnlyList<ExperimentRun> Runs =>
    [
        .. Arms.SelectMany(arm => (arm.Seeds ?? Seeds).Select((seed, round) => (Run: new ExperimentRun(arm, seed), Round: round)))
            .OrderBy(item => item.Round).Select(item => item.Run),
    ];

    /// <summary>The runs of some arms, in the order of <see cref="Runs"/>.</summary>
    /// <param name="only">The arms' names; null or none takes all.</param>
    /// <exception cref="RecipeException">There is no arm of such a name.</exception>
    public IReadOnlyList<ExperimentRun> RunsOf(IReadOnlyCollection<string>? only)
    {
        if (only is not { Count: > 0 })
            return Runs;
        string[] known = [.. Arms.Select(arm => arm.Name)];
        if (only.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new RecipeException($"Experiment {Name}", "arms", $"have none of the name \"{RecipePath.Shorten(unknown)}\"",
                $"{RecipeSuggestion.For(unknown, known)}The arms are {string.Join(", ", known)}.");
        }
        return [.. Runs.Where(run => only.Contains(run.Arm.Name))];
    }

    /// <summary>Where images lie, or what they are judged by.</summary>
    /// <param name="name">One of the names in <see cref="Data"/> or <see cref="Measures"/>.</param>
    public string PathOf(string name) => ImageSources.IsBuiltIn(name) ? name : Path.GetFullPath(Path.Combine(DataFolder, name));

    /// <summary>The recipe of a run: the arm's, with all changes, its seed, and as many images as the experiment wants.</summary>
    /// <param name="run">One of <see cref="Runs"/>.</param>
    /// <exception cref="RecipeException">The recipe, or a change to it, breaks a rule.</exception>
    public Recipe RecipeOf(ExperimentRun run) => ArmRecipe.Resolve(this, run);
}
