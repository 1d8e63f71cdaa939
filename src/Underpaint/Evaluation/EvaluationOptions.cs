using Underpaint.Diffusion;

namespace Underpaint.Evaluation;

/// <summary>How a model is judged.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The most images to use, from the first; null means all. Default all.</summary>
    public int? Limit { get; init; }

    /// <summary>Decoding steps. Default 20.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>How decoding gets from one noise level to the next; inversion is DDIM's always. Default DDIM.</summary>
    public Solver Solver { get; init; } = Solver.Ddim;

    /// <summary>Where decoding's noise levels lie. Default <see cref="TimeGrid.Uniform"/>.</summary>
    public TimeGrid Grid { get; init; } = TimeGrid.Uniform;

    /// <summary>
    /// Whether decoding starts from the stochastic code that inversion finds, in as many steps, instead of from noise. Default false.
    /// </summary>
    public bool Exact { get; init; }

    /// <summary>Seed of the noise. Default 0.</summary>
    public long Seed { get; init; }
}
