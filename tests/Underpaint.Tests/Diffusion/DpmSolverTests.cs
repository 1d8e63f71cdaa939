using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using Underpaint.Diffusion;
using Underpaint.Kernels;
using static TorchSharp.torch;
using static Underpaint.Tests.Diffusion.GaussianImages;

namespace Underpaint.Tests.Diffusion;

/// <summary>DPM-Solver++(2M) against Gaussian images, of which the exact solution is known, and against the paper's formulas.</summary>
public sealed class DpmSolverTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _noise = Noise();

    public static MatrixTheoryData<string, Prediction> Cases => new(Schedules, Enum.GetValues<Prediction>());

    public static MatrixTheoryData<string, string> Decodings => new(Schedules, TimeGridTests.Grids);

    /// <summary>Any schedule that has a range of noise levels.</summary>
    internal static Arbitrary<NoiseSchedule> AnySchedule =>
        Gen.Choose(0, 12).Select(shift => shift == 0 ? NoiseSchedule.LinearBeta : NoiseSchedule.ShiftedCosine(shift / 2.0)).ToArbitrary();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void It_is_of_second_order() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(10),
        Prop.ForAll(AnySchedule, schedule => Math.Abs(OrderOf(Solver.DpmSolver, schedule) - 2) < 0.2));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decoding_converges_to_where_DDIM_converges(string schedule, Prediction prediction)
    {
        double few = Error(Solver.DpmSolver, 5), many = Error(Solver.DpmSolver, 20);
        Assert.True(many < 0.02 && many < few / 5, $"{few} to {many}");
        Assert.True(many < Error(Solver.Ddim, 20) / 5);

        double Error(Solver solver, int steps) => DecodingError(solver, schedule, prediction, steps, TimeGrid.LogSnr);
    }

    [Theory]
    [InlineData("linear-beta")]
    [InlineData("SC-4")]
    public void Ten_steps_evenly_in_the_log_SNR_beat_fifty_of_DDIM(string schedule) => Assert.True(
        DecodingError(Solver.DpmSolver, schedule, Prediction.Velocity, 10, TimeGrid.LogSnr)
        < DecodingError(Solver.Ddim, schedule, Prediction.Velocity, 50, TimeGrid.Uniform));

    [Theory]
    [MemberData(nameof(Decodings))]
    public void One_step_is_DDIMs_to_the_bit(string schedule, string grid) => AssertSameAsDdim(schedule, grid, steps: 1);

    [Theory]
    [InlineData("uniform")]
    [InlineData("log-snr")]
    public void Steps_next_to_pure_noise_and_to_the_clean_image_are_DDIMs_to_the_bit(string grid) => AssertSameAsDdim("SC-4", grid, steps: 3);

    [Theory]
    [MemberData(nameof(Decodings))]
    public void Every_number_of_steps_gives_finite_images(string schedule, string grid)
    {
        foreach (int steps in new[] { 1, 2, 3, 4, 5, 7, 16, 33 })
        {
            var levels = Named(schedule).DecodingLevels(steps, Prediction.Velocity, TimeGridTests.Named(grid));
            Tensor decoded = DpmSolver.Follow(Denoiser(), Prediction.Velocity, _noise, levels);
            Assert.True(decoded.isfinite().all().ToBoolean() && decoded.abs().max().ToDouble() <= 1, $"{steps} steps");
        }
    }

    [Theory]
    [InlineData(0.7, 0.5, 0.45)]
    [InlineData(0.7, 0.6, 0.45)]
    public void A_later_step_is_the_papers(double first, double second, double third)
    {
        NoiseLevel[] levels = [.. new[] { first, second, third }.Select(NoiseSchedule.Cosine.At)];
        Tensor[] images = [.. levels.Select(level => full_like(_noise, level.Sigma))];
        Tensor decoded = DpmSolver.Follow((noisy, level) => full_like(noisy, level.Sigma), Prediction.Image, _noise, levels);

        double[] lambda = [.. levels.Select(level => Math.Log(level.Alpha / level.Sigma))];
        double ratio = (lambda[1] - lambda[0]) / (lambda[2] - lambda[1]);
        Tensor direction = (1 + 1 / (2 * ratio)) * images[1] - 1 / (2 * ratio) * images[0];
        Tensor expected = Paper(2, Paper(1, _noise, images[0]), direction);
        Assert.True(Largest(decoded - expected) < 1e-12);

        Tensor Paper(int i, Tensor start, Tensor towards) => levels[i].Sigma / levels[i - 1].Sigma * start
            - levels[i].Alpha * (Math.Exp(lambda[i - 1] - lambda[i]) - 1) * towards;
    }

    [Fact]
    public void A_step_much_longer_than_the_last_is_extrapolated_as_twice_as_long()
    {
        NoiseLevel[] levels = [.. new[] { 0.51, 0.5, 0.3 }.Select(NoiseSchedule.Cosine.At)];
        Tensor last = full_like(_noise, levels[0].Sigma), image = full_like(_noise, levels[1].Sigma);
        Tensor decoded = DpmSolver.Follow((noisy, level) => full_like(noisy, level.Sigma), Prediction.Image, _noise, levels);
        Tensor between = Ddim.Step(last, _noise, levels[0], levels[1]);
        Assert.True(Largest(decoded - Ddim.Step(2 * image - last, between, levels[1], levels[2])) < 1e-12);
    }

    [Fact]
    public void Each_step_is_DDIMs_towards_where_the_last_two_images_lead_to_the_bit()
    {
        NoiseLevel[] levels = [.. new[] { 0.8, 0.6, 0.45, 0.3, 0.2 }.Select(NoiseSchedule.Cosine.At)];
        Tensor current = _noise;
        Tensor? last = null;
        for (int i = 0; i + 1 < levels.Length; i++)
        {
            Tensor image = Prediction.Velocity.ImageFrom(Denoiser()(current, levels[i]), current, levels[i]).Clamp();
            Tensor heading = image;
            if (last is not null)
            {
                double growth = Math.Min((levels[i + 1].LogSnr - levels[i].LogSnr) / (levels[i].LogSnr - levels[i - 1].LogSnr), 2);
                heading = TensorArithmetic.Mix(1 + growth / 2, image, -growth / 2, last);
            }
            current = Ddim.Step(heading, current, levels[i], levels[i + 1]);
            last = image;
        }
        Tensor decoded = DpmSolver.Follow(Denoiser(), Prediction.Velocity, _noise, levels);
        Assert.True(decoded.equal(current).all().ToBoolean());
    }

    [Fact]
    public void Images_are_clamped_before_they_are_extrapolated()
    {
        var levels = NoiseSchedule.Cosine.DecodingLevels(8, Prediction.Velocity);
        Tensor Decode(double image) => DpmSolver.Follow((noisy, level) => full_like(noisy, image), Prediction.Image, _noise, levels);
        Assert.True(Largest(Decode(3) - Decode(1)) == 0);
        Assert.True(Largest(Decode(3) - 1) < 1e-12);
    }

    [Fact]
    public void The_start_stays_as_it_was_and_every_image_is_reported_and_freed()
    {
        Tensor before = _noise.clone();
        var steps = new List<int>();
        var levels = NoiseSchedule.Cosine.DecodingLevels(6, Prediction.Velocity);
        using var scope = NewDisposeScope();
        _ = DpmSolver.Follow(Denoiser(), Prediction.Velocity, _noise, levels, onImage: (step, image) => steps.Add(step));
        Assert.Equal(1, scope.DisposablesCount);
        Assert.Equal([0, 1, 2, 3, 4, 5], steps);
        Assert.True(before.equal(_noise).all().ToBoolean());
    }

    private void AssertSameAsDdim(string schedule, string grid, int steps)
    {
        var levels = Named(schedule).DecodingLevels(steps, Prediction.Velocity, TimeGridTests.Named(grid));
        Tensor[] decoded =
            [.. Enum.GetValues<Solver>().Select(solver => solver.Follow(Denoiser(), Prediction.Velocity, _noise, levels))];
        Assert.True(decoded[0].equal(decoded[1]).all().ToBoolean());
    }
}
