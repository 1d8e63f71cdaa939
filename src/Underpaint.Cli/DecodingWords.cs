using Underpaint.Diffusion;
using Underpaint.Evaluation;

namespace Underpaint.Cli;

/// <summary>What solvers and time grids are called on the command line and in its output; the defaults come first.</summary>
internal static class DecodingWords
{
    public static OrderedDictionary<string, Solver> Solvers { get; } = new()
    {
        ["ddim"] = Solver.Ddim,
        ["dpm++"] = Solver.DpmSolver,
    };

    public static OrderedDictionary<string, TimeGrid> Grids { get; } = new()
    {
        ["uniform"] = TimeGrid.Uniform,
        ["quadratic"] = TimeGrid.Quadratic,
        ["log-snr"] = TimeGrid.LogSnr,
    };

    public static string Of(Solver solver) => Solvers.First(pair => pair.Value == solver).Key;

    public static string Of(TimeGrid grid) => Grids.First(pair => pair.Value == grid).Key;

    /// <summary>"20 steps", and what is not by default: "8 steps, dpm++, log-snr, exact".</summary>
    public static string Of(EvaluationOptions options) => string.Join(", ", new[]
    {
        Wording.Steps(options.Steps),
        options.Solver == Solver.Ddim ? "" : Of(options.Solver),
        options.Grid == TimeGrid.Uniform ? "" : Of(options.Grid),
        options.Exact ? "exact" : "",
    }.Where(word => word != ""));
}
