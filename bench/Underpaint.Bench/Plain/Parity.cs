using TorchSharp;
using TorchSharp.Modules;
using Underpaint.Diffusion;
using Underpaint.Machine;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Bench.Plain;

/// <summary>Shows that the plain network computes what ours does: with the same weights, the same codes and images.</summary>
internal static class Parity
{
    /// <summary>The largest difference that rounding explains.</summary>
    public const double Tolerance = 1e-4;

    private const int Images = 2, Steps = 3;

    /// <summary>Compares the networks of a preset.</summary>
    public static double LargestDifference(ModelPreset preset)
    {
        TorchLibrary.Load();
        using var ours = new AutoencoderNetwork(preset.Model, preset.ImageSize, imageChannels: 3);
        using var plain = new PlainNetwork(preset.Model, preset.ImageSize, imageChannels: 3);
        return LargestDifference(ours, plain);
    }

    /// <summary>
    /// Gives both networks the same random weights; then the largest absolute difference in codes, in predictions, and in images
    /// after a few decoding steps.
    /// </summary>
    /// <exception cref="UnderpaintException">The networks' weights differ in name or shape.</exception>
    public static double LargestDifference(AutoencoderNetwork ours, PlainNetwork plain)
    {
        ours.Weights.Initialize(seed: 0);
        Perturb(ours.Weights);
        Copy(ours.Weights, plain);
        plain.eval();

        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(0);
        long[] shape = [Images, ours.ImageChannels, ours.ImageSize, ours.ImageSize];
        Tensor images = rand(shape, generator: generator) * 2 - 1, noise = randn(shape, generator: generator);
        Tensor times = tensor(Enumerable.Range(0, Images).Select(i => 100f + 600 * i).ToArray());
        Tensor codes = ours.Encode(images);
        Tensor decoded = Ddim.Follow((noisy, level) => ours.Predict(noisy, full(Images, (float)level.Time), codes), Prediction.Velocity, noise,
            NoiseSchedule.ShiftedCosine(4).DecodingLevels(Steps, Prediction.Velocity));
        return Enumerable.Max(
        [
            Difference(codes, plain.Encoder.forward(images)),
            Difference(ours.Predict(noise, times, codes), plain.forward(noise, times, codes)),
            Difference(decoded, PlainDdim.Decode(plain, codes, noise, Steps)),
        ]);
    }

    // Fresh networks end in layers of zeros, behind which nothing could be seen.
    private static void Perturb(WeightSet weights)
    {
        var random = new RandomSource(seed: 0, "parity");
        weights.Load(Array.ConvertAll(weights.ToArray(), value => value + 0.05f * (float)random.NextGaussian()));
    }

    private static void Copy(WeightSet from, PlainNetwork to)
    {
        using var noGradients = no_grad();
        Dictionary<string, Parameter> parameters = to.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        var strangers = parameters.Keys.Except(from.All.Select(weight => weight.Name)).ToList();
        foreach (Weight weight in from.All)
        {
            if (parameters.TryGetValue(weight.Name, out Parameter? parameter) && parameter.shape.SequenceEqual(weight.Shape))
                parameter.copy_(weight.Value);
            else
                strangers.Add(weight.Name);
        }
        if (strangers.Count > 0)
            throw new UnderpaintException($"The plain network is not the same as ours: {string.Join(", ", strangers)}.", "Correct PlainNetwork.");
    }

    private static double Difference(Tensor one, Tensor other) => (one - other).abs().max().ToDouble();
}
