using Underpaint.Diffusion;
using Underpaint.Evaluation;

namespace Underpaint.Experiments;

/// <summary>How runs are judged: on which images, after how many images seen, and decoded in which ways.</summary>
public sealed record ExperimentEvaluation
{
    /// <summary>Which images.</summary>
    public required EvaluationImages On { get; init; }

    /// <summary>The most images to use, from the first. Default 1000.</summary>
    public int Images { get; init; } = 1000;

    /// <summary>Images seen, in rising order, at which runs are judged besides their end. Default none.</summary>
    public IReadOnlyList<long> At { get; init; } = [];

    /// <summary>Decoding steps. Default <see cref="StandardDecoding.Steps"/>.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [StandardDecoding.Steps];

    /// <summary>How decoding gets from one noise level to the next. Default <see cref="StandardDecoding.Solver"/>.</summary>
    public IReadOnlyList<Solver> Solvers { get; init; } = [StandardDecoding.Solver];

    /// <summary>Where decoding's noise levels lie. Default <see cref="StandardDecoding.Grid"/>.</summary>
    public IReadOnlyList<TimeGrid> Grids { get; init; } = [StandardDecoding.Grid];

    /// <summary>What decoding starts from: noise (false), the inverted stochastic code (true). Default noise.</summary>
    public IReadOnlyList<bool> Inverted { get; init; } = [false];

    /// <summary>Seed of the noise that decoding starts from. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>All ways of decoding: steps × solvers × grids × starts.</summary>
    public IEnumerable<Decoding> Decodings =>
        from inverted in Inverted
        from solver in Solvers
        from grid in Grids
        from steps in Steps
        select new Decoding
        {
            Steps = steps,
            Solver = solver,
            Grid = grid,
            Kind = inverted ? ReconstructionKind.InvertedStochasticCode : ReconstructionKind.RandomStochasticCode,
        };
}
