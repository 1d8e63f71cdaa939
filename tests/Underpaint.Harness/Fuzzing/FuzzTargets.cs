namespace Underpaint.Harness.Fuzzing;

/// <summary>Every reader of files that come from outside.</summary>
internal static class FuzzTargets
{
    /// <summary>All of them; they use a folder for the files that they read.</summary>
    public static IReadOnlyList<FuzzTarget> All(string folder) =>
        [.. DataTargets.All(folder), .. ModelTargets.All(folder), .. TorchTargets.All(folder), .. RunTargets.All(folder),
            .. CodeTargets.All(folder), .. AttributeTargets.All(folder), .. JudgingTargets.All(folder)];
}
