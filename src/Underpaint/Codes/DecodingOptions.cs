using Underpaint.Diffusion;

namespace Underpaint.Codes;

/// <summary>How codes are decoded.</summary>
public sealed record DecodingOptions
{
    /// <summary>Network calls for each image, at least 1. Default <see cref="StandardDecoding.Steps"/>.</summary>
    public int Steps { get; init; } = StandardDecoding.Steps;

    /// <summary>How decoding gets from one noise level to the next. Default <see cref="StandardDecoding.Solver"/>.</summary>
    public Solver Solver { get; init; } = StandardDecoding.Solver;

    /// <summary>Where the noise levels lie. Default <see cref="StandardDecoding.Grid"/>.</summary>
    public TimeGrid Grid { get; init; } = StandardDecoding.Grid;

    /// <summary>Seed of the noise where there are no stochastic codes; an image's noise depends on the seed and its number only. Default 0.</summary>
    public long Seed { get; init; }
}
