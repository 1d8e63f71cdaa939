using System.Text.Json;
using TorchSharp;
using Underpaint.Diffusion;
using Underpaint.Networks;
using Underpaint.Tests.Golden;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

/// <summary>The network against the official code, with formula weights: needs no file from outside.</summary>
public sealed class TinyParityTests : IDisposable
{
    private static readonly JsonElement Expected = Figures.Load("tiny_hash.json");
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly AutoencoderNetwork _network = TinyNetwork(Formulas.Hash);
    private readonly Tensor _images = tensor(Formulas.Image(2, 16)).view(2, 3, 16, 16);
    private readonly Tensor _noise = tensor(Formulas.Noise(2 * 3 * 16 * 16, 0)).view(2, 3, 16, 16);
    private readonly Tensor _start = tensor(Formulas.Noise(2 * 3 * 16 * 16, 1)).view(2, 3, 16, 16);
    private static readonly int[] Times = [17, 803];

    public void Dispose()
    {
        _network.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Names_and_shapes_are_the_official_ones()
    {
        var official = Figures.Load("names.json").GetProperty("state_dict_sorted").EnumerateObject()
            .Select(entry => $"{entry.Name} {string.Join('×', entry.Value.EnumerateArray())}");
        var ours = _network.Weights.All.OrderBy(weight => weight.Name, StringComparer.Ordinal)
            .Select(weight => $"{weight.Name} {string.Join('×', weight.Shape)}");
        Assert.Equal(official, ours);
        Assert.Equal(1_051_811, _network.Weights.Count);
    }

    [Theory]
    [InlineData("tiny_hash.json")]
    [InlineData("tiny_sine.json")]
    public void Codes_agree_within_1e_5(string figures)
    {
        JsonElement expected = Figures.Load(figures);
        using AutoencoderNetwork network = TinyNetwork(figures == "tiny_hash.json" ? Formulas.Hash : Formulas.Sine);
        float[] codes = network.Encode(_images).data<float>().ToArray();
        float[] official = expected.GetProperty("z").Floats();
        Assert.True(codes.Zip(official, (a, b) => Math.Abs(a - b)).Max() <= 1e-5);
    }

    [Fact]
    public void Predicted_noise_agrees_within_5e_5() =>
        Assert.True(Expected.GetProperty("eps").LargestDifference(PredictNoise().data<float>().ToArray()) <= 5e-5);

    [Fact]
    public void A_ten_step_decode_agrees_within_3e_4()
    {
        Tensor decoded = Follow(_start, NoiseSchedule.LinearBeta.DecodingLevels(10, Prediction.Noise));
        Assert.True(Expected.GetProperty("ddim10_decode").LargestDifference(decoded.data<float>().ToArray()) <= 3e-4);
    }

    [Fact]
    public void An_unclamped_decode_agrees_to_the_float_noise_of_its_large_values()
    {
        Tensor decoded = Follow(_start, NoiseSchedule.LinearBeta.DecodingLevels(10, Prediction.Noise), clamp: false);
        Assert.True(Expected.GetProperty("ddim10_decode_noclip").LargestDifference(decoded.data<float>().ToArray()) <= 1e-3);
    }

    [Fact]
    public void A_ten_step_inversion_agrees_within_3e_4()
    {
        Tensor code = Follow(_images, NoiseSchedule.LinearBeta.InversionLevels(10, Prediction.Noise));
        Assert.True(Expected.GetProperty("ddim10_invert_x0").LargestDifference(code.data<float>().ToArray()) <= 3e-4);
    }

    [Fact]
    public void Loss_and_every_gradient_agree_and_one_update_lands_where_the_official_one_does()
    {
        _network.Weights.Train();
        double loss = Backpropagation.Run(_network, _images, Noisy(), NetworkTimes(), _noise);
        Assert.Equal(Expected.GetProperty("loss").GetDouble(), loss, 1e-5);

        double[] official = [.. Expected.GetProperty("grad_l2_in_sorted_name_order").EnumerateArray().Select(norm => norm.GetDouble())];
        double[] ours = [.. _network.Weights.All.OrderBy(weight => weight.Name, StringComparer.Ordinal)
            .Select(weight => weight.Value.grad!.norm().ToDouble())];
        Assert.Equal(official.Length, ours.Length);
        // Below 1e-4 a gradient is a sum that cancels to zero in exact arithmetic.
        Assert.All(official.Zip(ours), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= Math.Max(1e-4 * pair.First, 1e-7)));

        using var optimizer = new AdamOptimizer(_network.Weights, new OptimizerOptions());
        double norm = optimizer.GradientNorm();
        optimizer.Update(norm, new WeightGroup(0, _network.Weights.Count, 1e-4));
        Assert.Equal(Expected.GetProperty("grad_total_l2").GetDouble(), norm, 1e-4 * norm);
        float[] weights = _network.Weights.All.Single(weight => weight.Name == "input_blocks.0.0.weight").Value.data<float>().ToArray();
        float[] expected = Expected.GetProperty("after_step input_blocks.0.0.weight first8").Floats();
        Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 1e-7f));
        double after = (PredictNoise() - _noise).square().mean().ToDouble();
        Assert.Equal(Expected.GetProperty("loss_after_clip1_adam_lr1e-4_step").GetDouble(), after, 1e-4);
    }

    private Tensor PredictNoise() => _network.Predict(Noisy(), NetworkTimes(), _network.Encode(_images));

    private static Tensor NetworkTimes() => tensor(Times.Select(time => (float)time).ToArray());

    private Tensor Noisy()
    {
        NoiseLevel[] levels = [.. Times.Select(time => DiscreteLevels.Linear[time])];
        Tensor alpha = tensor(levels.Select(level => (float)level.Alpha).ToArray()).view(2, 1, 1, 1);
        Tensor sigma = tensor(levels.Select(level => (float)level.Sigma).ToArray()).view(2, 1, 1, 1);
        return PredictionMaths.AddNoise(_images, _noise, alpha, sigma);
    }

    private Tensor Follow(Tensor start, IReadOnlyList<NoiseLevel> levels, bool clamp = true)
    {
        Tensor codes = _network.Encode(_images);
        return Ddim.Follow((noisy, level) => _network.Predict(noisy, full(2, (float)level.Time), codes),
            Prediction.Noise, start, levels, clamp);
    }

    private static AutoencoderNetwork TinyNetwork(Formulas.Base formula)
    {
        var options = new ModelOptions
        {
            Multipliers = [1, 2],
            EncoderMultipliers = [1, 2, 2],
            Blocks = 1,
            AttentionAt = [8],
            Code = 32,
            Groups = 32,
        };
        var network = new AutoencoderNetwork(options, imageSize: 16, imageChannels: 3);
        network.Weights.Allocate();
        Formulas.Fill(network.Weights, formula);
        return network;
    }
}
