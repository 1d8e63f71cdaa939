namespace Underpaint.Training;

/// <summary>One line of <c>metrics.jsonl</c>: how a stretch of training went.</summary>
public sealed record TickRecord
{
    /// <summary>"tick".</summary>
    public string Kind { get; } = "tick";

    /// <summary>Images seen at the end of the stretch.</summary>
    public required long ImagesSeen { get; init; }

    /// <summary>The phase's name.</summary>
    public required string Phase { get; init; }

    /// <summary>Mean weighted loss.</summary>
    public required double Loss { get; init; }

    /// <summary>Mean of what the phase's <see cref="CodePenalty"/> cost, weighted; not part of <see cref="Loss"/>. 0 where there is none.</summary>
    public double CodeCost { get; init; }

    /// <summary>Mean 2-norm of the gradient before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The step size at the end.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training speed over the stretch.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>
    /// Mean squared error of what the network predicts, in ten equal bins of the noise level from clean to pure noise
    /// (<see cref="Underpaint.Diffusion.NoiseLevel.Share"/>); null where no image fell.
    /// </summary>
    public required IReadOnlyList<double?> LossByNoise { get; init; }
}
