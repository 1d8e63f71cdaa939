using Underpaint.Diffusion;

namespace Underpaint.Evaluation;

/// <summary>What solvers and time grids are called on the command line and in files; the defaults come first.</summary>
public static class DecodingWords
{
    /// <summary>The solvers.</summary>
    public static OrderedDictionary<string, Solver> Solvers { get; } = new()
    {
        ["ddim"] = Solver.Ddim,
        ["dpm++"] = Solver.DpmSolver,
    };

    /// <summary>The time grids that have a name.</summary>
    public static OrderedDictionary<string, TimeGrid> Grids { get; } = new()
    {
        ["uniform"] = TimeGrid.Uniform,
        ["quadratic"] = TimeGrid.Quadratic,
        ["log-snr"] = TimeGrid.LogSnr,
    };

    /// <summary>A solver's word.</summary>
    /// <param name="solver">The solver.</param>
    public static string Of(Solver solver) => Solvers.First(pair => pair.Value == solver).Key;

    /// <summary>A time grid's word.</summary>
    /// <param name="grid">One of <see cref="Grids"/>.</param>
    public static string Of(TimeGrid grid) => Grids.First(pair => pair.Value == grid).Key;
}
