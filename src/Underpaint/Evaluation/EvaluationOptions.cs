namespace Underpaint.Evaluation;

/// <summary>How a model is judged.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The most images to use, from the first; null means all. Default all.</summary>
    public int? Limit { get; init; }

    /// <summary>Decoding steps. Default 20.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>
    /// Whether decoding starts from the stochastic code that inversion finds, in as many steps, instead of from noise. Default false.
    /// </summary>
    public bool Exact { get; init; }

    /// <summary>Seed of the noise. Default 0.</summary>
    public long Seed { get; init; }
}
