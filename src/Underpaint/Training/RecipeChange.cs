namespace Underpaint.Training;

/// <summary>One line of <c>metrics.jsonl</c>: from here on the recipe is another one.</summary>
public sealed record RecipeChange
{
    /// <summary>"change".</summary>
    public string Kind { get; } = "change";

    /// <summary>Images seen when the change was made.</summary>
    public required long ImagesSeen { get; init; }

    /// <summary>What was changed, each as <c>path=value</c>.</summary>
    public required IReadOnlyList<string> Settings { get; init; }
}
