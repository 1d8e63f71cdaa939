using Underpaint.Diffusion;

namespace Underpaint.Evaluation;

/// <summary>What solvers, time grids and kinds of reconstruction are called on the command line and in files; the defaults come first.</summary>
public static class DecodingWords
{
    /// <summary>The solvers.</summary>
    public static OrderedDictionary<string, Solver> Solvers { get; } = new()
    {
        ["dpm++"] = Solver.DpmSolver,
        ["ddim"] = Solver.Ddim,
    };

    /// <summary>The time grids that have a name.</summary>
    public static OrderedDictionary<string, TimeGrid> Grids { get; } = new()
    {
        ["log-snr"] = TimeGrid.LogSnr,
        ["uniform"] = TimeGrid.Uniform,
        ["quadratic"] = TimeGrid.Quadratic,
    };

    /// <summary>The kinds of reconstruction.</summary>
    public static OrderedDictionary<string, ReconstructionKind> Kinds { get; } = new()
    {
        ["random"] = ReconstructionKind.RandomStochasticCode,
        ["inverted"] = ReconstructionKind.InvertedStochasticCode,
        ["structure-image"] = ReconstructionKind.StructureImage,
    };

    /// <summary>A solver's word.</summary>
    /// <param name="solver">The solver.</param>
    public static string Of(Solver solver) => Solvers.First(pair => pair.Value == solver).Key;

    /// <summary>A time grid's word; "power-3" for one without a name of its own.</summary>
    /// <param name="grid">The grid.</param>
    public static string Of(TimeGrid grid) => Grids.FirstOrDefault(pair => pair.Value == grid).Key
        ?? FormattableString.Invariant($"power-{grid.Exponent}");

    /// <summary>The word of a kind of reconstruction.</summary>
    /// <param name="kind">The kind.</param>
    public static string Of(ReconstructionKind kind) => Kinds.First(pair => pair.Value == kind).Key;
}
