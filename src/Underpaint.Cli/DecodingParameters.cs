using System.CommandLine;
using Underpaint.Codes;
using Underpaint.Diffusion;
using Underpaint.Evaluation;

namespace Underpaint.Cli;

/// <summary>How pictures are decoded, as several verbs let it be chosen.</summary>
internal sealed class DecodingParameters
{
    /// <summary>How many network calls.</summary>
    public Option<int> Steps { get; } = Parameters.Steps();

    /// <summary>How decoding gets from one noise level to the next.</summary>
    public Option<string> Solver { get; } = Parameters.Solver();

    /// <summary>Where the noise levels lie.</summary>
    public Option<string> Grid { get; } = Parameters.Grid();

    /// <summary>What was chosen for codes.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="seed">Seed of the noise. Default 0.</param>
    public DecodingOptions OptionsIn(ParseResult parsed, long seed = 0) =>
        new() { Steps = parsed.GetValue(Steps), Solver = SolverIn(parsed), Grid = GridIn(parsed), Seed = seed };

    /// <summary>What was chosen for reconstructions.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="kind">Where they start.</param>
    public Decoding DecodingIn(ParseResult parsed, ReconstructionKind kind) =>
        new() { Kind = kind, Steps = parsed.GetValue(Steps), Solver = SolverIn(parsed), Grid = GridIn(parsed) };

    private Solver SolverIn(ParseResult parsed) => DecodingWords.Solvers[parsed.GetValue(Solver)!];

    private TimeGrid GridIn(ParseResult parsed) => DecodingWords.Grids[parsed.GetValue(Grid)!];
}
