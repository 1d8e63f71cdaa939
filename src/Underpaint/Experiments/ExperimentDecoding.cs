using Underpaint.Diffusion;

namespace Underpaint.Experiments;

/// <summary>A way of making images of codes.</summary>
/// <param name="Steps">Network calls for each image.</param>
/// <param name="Solver">How decoding gets from one noise level to the next.</param>
/// <param name="Grid">Where the noise levels lie.</param>
/// <param name="IsInverted">Whether it starts from the stochastic code that inversion finds, in as many steps, instead of from noise.</param>
public sealed record ExperimentDecoding(int Steps, Solver Solver, TimeGrid Grid, bool IsInverted);
