using TorchSharp;
using Underpaint.Diffusion;
using static TorchSharp.torch;

namespace Underpaint.Tests.Diffusion;

/// <summary>
/// DDIM against a case that can be solved by hand: images drawn from a Gaussian with mean m and deviation s. The best denoiser is
/// known in closed form, and DDIM in the limit of many steps is the linear map x₀ = m + s·x₁ (its inverse for inversion).
/// </summary>
public sealed class DdimTests : IDisposable
{
    private const double Mean = 0.2, Deviation = 0.4;
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _noise = randn([4, 3, 4, 4], dtype: ScalarType.Float64, generator: new Generator(1));

    public static TheoryData<string, Prediction> Cases
    {
        get
        {
            var cases = new TheoryData<string, Prediction>();
            foreach (string schedule in new[] { "linear-beta", "cosine", "SC-4", "SC-2" })
                foreach (Prediction prediction in Enum.GetValues<Prediction>())
                    cases.Add(schedule, prediction);
            return cases;
        }
    }

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decoding_converges_to_the_closed_form(string schedule, Prediction prediction)
    {
        Tensor expected = Mean + Deviation * _noise;
        double Error(int steps) => Largest(Decode(schedule, prediction, _noise, steps) - expected);
        Assert.True(Error(400) < 0.05, $"{Error(400)}");
        Assert.True(Error(400) < Error(40) / 4, $"{Error(40)} to {Error(400)}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Inversion_converges_to_the_closed_form(string schedule, Prediction prediction)
    {
        Tensor image = Mean + Deviation * _noise;
        Tensor code = Ddim.Follow(Denoiser(prediction), prediction, image, Named(schedule).InversionLevels(500, prediction), clamp: false);
        Assert.True(Largest(code - _noise) < 0.1, $"{Largest(code - _noise)}");
    }

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
    public void Images_are_clamped_when_asked_for()
    {
        Tensor decoded = Ddim.Follow(Denoiser(Prediction.Velocity), Prediction.Velocity, _noise * 10, NoiseSchedule.Cosine.DecodingLevels(10, Prediction.Velocity));
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
        _ = Ddim.Follow(Denoiser(Prediction.Velocity), Prediction.Velocity, _noise, NoiseSchedule.Cosine.DecodingLevels(4, Prediction.Velocity),
            onImage: (step, image) => steps.Add(step));
        Assert.Equal([0, 1, 2, 3], steps);
    }

    private static Tensor Decode(string schedule, Prediction prediction, Tensor noise, int steps) =>
        Ddim.Follow(Denoiser(prediction), prediction, noise, Named(schedule).DecodingLevels(steps, prediction), clamp: false);

    // E[x₀ | x_t] = m + α s² (x_t − α m) / (α² s² + σ²)
    private static Denoiser Denoiser(Prediction prediction) => (noisy, level) =>
    {
        double variance = level.Alpha * level.Alpha * Deviation * Deviation + level.Sigma * level.Sigma;
        Tensor image = Mean + level.Alpha * Deviation * Deviation / variance * (noisy - level.Alpha * Mean);
        Tensor noise = level.Sigma / variance * (noisy - level.Alpha * Mean);
        return prediction.Target(image, noise, tensor(level.Alpha), tensor(level.Sigma));
    };

    private static double Largest(Tensor difference) => difference.abs().max().ToDouble();

    private static NoiseSchedule Named(string name) => name switch
    {
        "linear-beta" => NoiseSchedule.LinearBeta,
        "cosine" => NoiseSchedule.Cosine,
        "SC-2" => NoiseSchedule.ShiftedCosine(2),
        _ => NoiseSchedule.ShiftedCosine(4),
    };
}
