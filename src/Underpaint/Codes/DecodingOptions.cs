using Underpaint.Diffusion;

namespace Underpaint.Codes;

/// <summary>How codes are decoded.</summary>
public sealed record DecodingOptions
{
    /// <summary>Network calls for each image, at least 1. Default 20.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>How decoding gets from one noise level to the next. Default DDIM.</summary>
    public Solver Solver { get; init; } = Solver.Ddim;

    /// <summary>Where the noise levels lie. Default <see cref="TimeGrid.Uniform"/>.</summary>
    public TimeGrid Grid { get; init; } = TimeGrid.Uniform;

    /// <summary>Seed of the noise where there are no stochastic codes; an image's noise depends on the seed and its number only. Default 0.</summary>
    public long Seed { get; init; }
}
