namespace Underpaint.Evaluation.Judging;

/// <summary>Which options a judge can be built and trained with.</summary>
internal static class JudgeRules
{
    /// <summary>What is wrong with some options, as a full sentence; null if nothing is.</summary>
    public static string? Problem(JudgeOptions options) =>
        options.Size is < 8 or > 256 ? Outside("size", options.Size, "8 … 256 pixels")
        : options.Channels is < 8 or > 256 || options.Channels % 8 != 0 ? Outside("channels", options.Channels, "multiples of 8, up to 256")
        : options.Features is < 1 or > 4096 ? Outside("features", options.Features, "1 … 4096")
        : options.Batch is < 1 or > 65_536 ? Outside("batch", options.Batch, "1 … 65536")
        : options.Images < 1 ? Outside("images", options.Images, "1 and more")
        : options.HeldOut < 1 ? Outside("held-out images", options.HeldOut, "1 and more")
        : options.LearningRate is not (> 0 and < 1) ? Outside("learning rate", options.LearningRate, "above 0 and below 1")
        : options.WeightDecay is not (>= 0 and < 10) ? Outside("weight decay", options.WeightDecay, "0 … 10")
        : null;

    private static string Outside(string name, double value, string allowed) =>
        FormattableString.Invariant($"A judge's {name} cannot be {value}: possible are {allowed}.");
}
