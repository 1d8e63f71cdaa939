using Underpaint.Diffusion;

namespace Underpaint.Onnx;

/// <summary>How codes become images.</summary>
public sealed record DecodeOptions
{
    /// <summary>Network calls for each image, at least 1. Default <see cref="StandardDecoding.Steps"/>.</summary>
    public int Steps { get; init; } = StandardDecoding.Steps;

    /// <summary>Seed of the noise; image i's noise depends on (seed, i) only. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>How decoding gets from one noise level to the next. Default <see cref="StandardDecoding.Solver"/>.</summary>
    public Solver Solver { get; init; } = StandardDecoding.Solver;

    /// <summary>Where the noise levels lie. Default <see cref="StandardDecoding.Grid"/>.</summary>
    public TimeGrid Grid { get; init; } = StandardDecoding.Grid;

    /// <summary>Steps by which the stochastic codes of images are found, where images are edited or interpolated. Default 100.</summary>
    public int InversionSteps { get; init; } = 100;
}
