using TorchSharp;
using Underpaint.Diffusion;
using static TorchSharp.torch;

namespace Underpaint.Tests.Diffusion;

/// <summary>
/// A case that can be solved by hand: pixels drawn from Gaussians with one mean and sixteen deviations, from fine to coarse. The best
/// denoiser is known in closed form, and so is what every solver comes to in the limit of many steps.
/// </summary>
internal static class GaussianImages
{
    public const double Mean = 0.2;

    public static string[] Schedules { get; } = ["linear-beta", "cosine", "SC-4", "SC-2"];

    /// <summary>Of each pixel, (4, 4).</summary>
    public static Tensor Deviation => linspace(0.1, 0.6, 16, dtype: ScalarType.Float64).view(4, 4);

    /// <summary>Standard normal in double precision, (4, 3, 4, 4).</summary>
    public static Tensor Noise() => randn([4, 3, 4, 4], dtype: ScalarType.Float64, generator: new Generator(1));

    public static NoiseSchedule Named(string name) => name switch
    {
        "linear-beta" => NoiseSchedule.LinearBeta,
        "cosine" => NoiseSchedule.Cosine,
        "SC-2" => NoiseSchedule.ShiftedCosine(2),
        _ => NoiseSchedule.ShiftedCosine(4),
    };

    /// <summary>E[x₀ | x_t] = m + α s² (x_t − α m) / (α² s² + σ²), said as a prediction.</summary>
    public static Denoiser Denoiser(Prediction prediction = Prediction.Velocity) => (noisy, level) =>
    {
        Tensor deviation = (noisy - level.Alpha * Mean) / Variance(level);
        Tensor image = Mean + level.Alpha * Deviation.square() * deviation;
        return prediction.Target(image, level.Sigma * deviation, tensor(level.Alpha), tensor(level.Sigma));
    };

    /// <summary>Where the exact solution leads from one noise level to another, up or down.</summary>
    public static Tensor Flow(Tensor start, NoiseLevel from, NoiseLevel to) =>
        to.Alpha * Mean + (Variance(to) / Variance(from)).sqrt() * (start - from.Alpha * Mean);

    /// <summary>Without clamping, which would hide what the solver does.</summary>
    public static Tensor Follow(Solver solver, Prediction prediction, Tensor start, IReadOnlyList<NoiseLevel> levels) =>
        solver == Solver.Ddim
            ? Ddim.Follow(Denoiser(prediction), prediction, start, levels, clamp: false)
            : DpmSolver.Follow(Denoiser(prediction), prediction, start, levels, clamp: false);

    /// <summary>How far decoded images are from the exact solution, as a root mean square.</summary>
    public static double DecodingError(Solver solver, string schedule, Prediction prediction, int steps, TimeGrid? grid = null)
    {
        using var scope = NewDisposeScope();
        Tensor decoded = Follow(solver, prediction, Noise(), Named(schedule).DecodingLevels(steps, prediction, grid));
        return Distance(decoded, Flow(Noise(), NoiseLevel.Highest, NoiseLevel.Clean));
    }

    /// <summary>A solver's order: how much its error shrinks when 30 steps become 60, as a power of 2.</summary>
    /// <remarks>From t = 0.9 to 0.1, where every step is short; the middle of a discrete level, lest rounding choose between two.</remarks>
    public static double OrderOf(Solver solver, NoiseSchedule schedule)
    {
        return Math.Log2(Error(30) / Error(60));

        double Error(int steps)
        {
            using var scope = NewDisposeScope();
            NoiseLevel[] levels = [.. Enumerable.Range(0, steps + 1).Select(k => schedule.At(0.9005 - 0.8 * k / steps))];
            return Distance(Follow(solver, Prediction.Velocity, Noise(), levels), Flow(Noise(), levels[0], levels[^1]));
        }
    }

    public static double Largest(Tensor difference) => difference.abs().max().ToDouble();

    public static double Distance(Tensor a, Tensor b) => (a - b).square().mean().sqrt().ToDouble();

    private static Tensor Variance(NoiseLevel level) => level.Alpha * level.Alpha * Deviation.square() + level.Sigma * level.Sigma;
}
