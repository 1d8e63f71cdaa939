using Underpaint.Diffusion;

namespace Underpaint.Onnx;

/// <summary>How codes become images.</summary>
public sealed record DecodeOptions
{
    /// <summary>Network calls for each image, at least 1. Default 20.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>Seed of the noise; image i's noise depends on (seed, i) only. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>How decoding gets from one noise level to the next. Default DDIM.</summary>
    public Solver Solver { get; init; } = Solver.Ddim;

    /// <summary>Where the noise levels lie. Default <see cref="TimeGrid.Uniform"/>.</summary>
    public TimeGrid Grid { get; init; } = TimeGrid.Uniform;

    /// <summary>Steps by which the stochastic codes of images are found, where images are edited or interpolated. Default 100.</summary>
    public int InversionSteps { get; init; } = 100;
}
