using Underpaint.Diffusion;

namespace Underpaint.Evaluation;

/// <summary>One way back from codes to images.</summary>
public sealed record Decoding
{
    /// <summary>One network call at the highest noise, whatever the solver and the grid.</summary>
    public static Decoding StructureImage { get; } = new() { Kind = ReconstructionKind.StructureImage, Steps = 1 };

    /// <summary>Where it starts from. Default a random stochastic code.</summary>
    public ReconstructionKind Kind { get; init; } = ReconstructionKind.RandomStochasticCode;

    /// <summary>Network calls for each image, at least 1; finding a stochastic code takes as many again. Default <see cref="StandardDecoding.Steps"/>.</summary>
    public int Steps { get; init; } = StandardDecoding.Steps;

    /// <summary>How it gets from one noise level to the next; inversion is DDIM's always. Default <see cref="StandardDecoding.Solver"/>.</summary>
    public Solver Solver { get; init; } = StandardDecoding.Solver;

    /// <summary>Where its noise levels lie. Default <see cref="StandardDecoding.Grid"/>.</summary>
    public TimeGrid Grid { get; init; } = StandardDecoding.Grid;

    /// <summary>"structure image", "10 steps", and what is not by default: "20 steps, ddim, uniform, inverted".</summary>
    public string Name => Kind == ReconstructionKind.StructureImage ? "structure image" : string.Join(", ", new[]
    {
        Steps == 1 ? "1 step" : $"{Steps} steps",
        Solver == StandardDecoding.Solver ? "" : DecodingWords.Of(Solver),
        Grid == StandardDecoding.Grid ? "" : DecodingWords.Of(Grid),
        Kind == ReconstructionKind.InvertedStochasticCode ? "inverted" : "",
    }.Where(word => word != ""));

    /// <summary>The structure image, and then every solver with every number of steps, each once.</summary>
    /// <param name="steps">Numbers of steps. One step from a random stochastic code is the structure image.</param>
    /// <param name="solvers">Solvers.</param>
    /// <param name="grid">Where the noise levels lie.</param>
    /// <param name="inverted">Whether each is also started from the images' own stochastic codes.</param>
    public static IReadOnlyList<Decoding> All(IEnumerable<int> steps, IEnumerable<Solver> solvers, TimeGrid grid, bool inverted = false)
    {
        Decoding[] random = [.. solvers.Distinct().SelectMany(solver => steps.Distinct().Order(), (solver, count) =>
            new Decoding { Steps = count, Solver = solver, Grid = grid })];
        IEnumerable<Decoding> exact = inverted ? random.Select(decoding => decoding with { Kind = ReconstructionKind.InvertedStochasticCode }) : [];
        return [StructureImage, .. random.Where(decoding => decoding.Steps > 1), .. exact];
    }
}
