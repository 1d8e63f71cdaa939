namespace Underpaint.Experiments;

/// <summary>One of the recipes that are compared.</summary>
public sealed record ExperimentArm
{
    /// <summary>The arm's name, in results and in the names of its runs.</summary>
    public required string Name { get; init; }

    /// <summary>A built-in recipe's name, or the path of a recipe file.</summary>
    public required string Recipe { get; init; }

    /// <summary>Changes to the recipe, each as <c>path=value</c>, after those of the experiment. Default none.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>The arm's own seeds. Default null: the experiment's.</summary>
    public IReadOnlyList<long>? Seeds { get; init; }
}
