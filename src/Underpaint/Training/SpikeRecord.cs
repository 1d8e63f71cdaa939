namespace Underpaint.Training;

/// <summary>One line of <c>metrics.jsonl</c>: a step whose loss stood out from those before it.</summary>
public sealed record SpikeRecord
{
    /// <summary>"spike".</summary>
    public string Kind { get; } = "spike";

    /// <summary>Images seen, this step's included.</summary>
    public required long ImagesSeen { get; init; }

    /// <summary>The phase's name.</summary>
    public required string Phase { get; init; }

    /// <summary>The step's weighted loss.</summary>
    public required double Loss { get; init; }

    /// <summary>The median loss of the steps before it.</summary>
    public required double UsualLoss { get; init; }

    /// <summary>The step's 2-norm of the gradient before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The names of the batch's images with the greatest errors, greatest first.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>These images' noise levels, 0 (clean) … 1 (pure noise).</summary>
    public required IReadOnlyList<double> NoiseShares { get; init; }
}
