using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using Underpaint.Diffusion;
using Underpaint.Kernels;
using static TorchSharp.torch;
using static Underpaint.Tests.Diffusion.GaussianImages;

namespace Underpaint.Tests.Diffusion;

/// <summary>DDIM against Gaussian images, of which the exact solution is known.</summary>
public sealed class DdimTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _noise = Noise();

    public static MatrixTheoryData<string, Prediction> Cases => new(Schedules, Enum.GetValues<Prediction>());

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decoding_converges_to_the_closed_form(string schedule, Prediction prediction)
    {
        double few = DecodingError(Solver.Ddim, schedule, prediction, 10), many = DecodingError(Solver.Ddim, schedule, prediction, 40);
        Assert.True(many < 0.05 && many < few / 2.5, $"{few} to {many}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Inversion_converges_to_the_closed_form(string schedule, Prediction prediction)
    {
        Tensor image = Flow(_noise, NoiseLevel.Highest, NoiseLevel.Clean);
        double few = Error(10), many = Error(40);
        Assert.True(many < 0.2 && many < few / 2.5, $"{few} to {many}");

        double Error(int steps) =>
            Distance(Follow(Solver.Ddim, prediction, image, Named(schedule).InversionLevels(steps, prediction)), _noise);
    }

    [Fact]
    public void It_is_of_first_order() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(10),
        Prop.ForAll(DpmSolverTests.AnySchedule, schedule => Math.Abs(OrderOf(Solver.Ddim, schedule) - 1) < 0.05));

    [Fact]
    public void One_step_at_the_highest_noise_gives_the_mean_whatever_the_noise() =>
        Assert.True(Largest(Decode("SC-4", Prediction.Velocity, _noise, 1) - Mean) < 1e-12);

    [Fact]
    public void All_predictions_decode_to_the_same_image()
    {
        Tensor velocity = Decode("SC-4", Prediction.Velocity, _noise, 10);
        Assert.True(Largest(velocity - Decode("SC-4", Prediction.Image, _noise, 10)) < 1e-9);
    }

    [Fact]
    public void Conversions_between_predictions_are_exact()
    {
        Tensor image = randn_like(_noise), noise = randn_like(_noise);
        NoiseLevel level = NoiseSchedule.ShiftedCosine(4).At(0.7);
        Tensor alpha = tensor(level.Alpha), sigma = tensor(level.Sigma);
        Tensor noisy = PredictionMaths.AddNoise(image, noise, alpha, sigma);
        foreach (Prediction prediction in Enum.GetValues<Prediction>())
        {
            Tensor output = prediction.Target(image, noise, alpha, sigma);
            Assert.True(Largest(prediction.ImageFrom(output, noisy, level) - image) < 1e-12);
            Assert.True(Largest(PredictionMaths.NoiseFrom(prediction.ImageFrom(output, noisy, level), noisy, level) - noise) < 1e-11);
        }
    }

    [Fact]
    public void Each_step_is_the_four_of_the_formula_to_the_bit()
    {
        var levels = NoiseSchedule.ShiftedCosine(4).DecodingLevels(5, Prediction.Velocity);
        Tensor current = _noise * 3;
        for (int i = 0; i + 1 < levels.Count; i++)
        {
            Tensor image = Prediction.Velocity.ImageFrom(Denoiser()(current, levels[i]), current, levels[i]).Clamp();
            Tensor noise = PredictionMaths.NoiseFrom(image, current, levels[i]);
            current = TensorArithmetic.Mix(levels[i + 1].Alpha, image, levels[i + 1].Sigma, noise);
        }
        Tensor decoded = Ddim.Follow(Denoiser(), Prediction.Velocity, _noise * 3, levels);
        Assert.True(decoded.equal(current).all().ToBoolean());
    }

    [Fact]
    public void Images_are_clamped_when_asked_for()
    {
        Tensor decoded = Ddim.Follow(Denoiser(), Prediction.Velocity, _noise * 10, NoiseSchedule.Cosine.DecodingLevels(10, Prediction.Velocity));
        Assert.True(decoded.abs().max().ToDouble() <= 1);
    }

    [Fact]
    public void The_start_stays_as_it_was()
    {
        Tensor before = _noise.clone();
        _ = Decode("SC-4", Prediction.Velocity, _noise, 5);
        Assert.True(before.equal(_noise).all().ToBoolean());
    }

    [Fact]
    public void Every_steps_image_is_reported()
    {
        var steps = new List<int>();
        _ = Ddim.Follow(Denoiser(), Prediction.Velocity, _noise, NoiseSchedule.Cosine.DecodingLevels(4, Prediction.Velocity),
            onImage: (step, image) => steps.Add(step));
        Assert.Equal([0, 1, 2, 3], steps);
    }

    private Tensor Decode(string schedule, Prediction prediction, Tensor noise, int steps) =>
        Follow(Solver.Ddim, prediction, noise, Named(schedule).DecodingLevels(steps, prediction));
}
