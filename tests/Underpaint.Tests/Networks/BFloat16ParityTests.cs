using TorchSharp;
using Underpaint.Diffusion;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Tests.Golden;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

/// <summary>
/// The bfloat16 path against the official code in float32, by the error's share of the whole (both as root mean squares). A rounding to
/// bfloat16 is off by 0.1 % typically; about a hundred of them lie one after the other on the way, independent of each other: 1 % in all.
/// </summary>
public sealed class BFloat16ParityTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void Codes_agree_within_1_percent_and_predictions_and_decodes_within_3(string model)
    {
        using var golden = new GoldenModel(model, Precision.BFloat16);
        AssertNear(golden["z"], golden.Codes(), 0.01);
        AssertNear(golden["eps"], golden.PredictNoise(golden.Codes()), 0.03);
        AssertNear(golden["eps_cond_rand"], golden.PredictNoise(golden["cond_rand"]), 0.03);
        AssertNear(golden["ddim10_decode"], golden.Follow(golden["x_T"], NoiseSchedule.LinearBeta.DecodingLevels(10, Prediction.Noise)), 0.03);
    }

    // Errors of the way back come on top of those of the way there; and where gradients of many pixels cancel, theirs do not.
    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void The_loss_agrees_within_a_thousandth_and_gradients_within_8_percent(string model)
    {
        using var golden = new GoldenModel(model, Precision.BFloat16);
        WeightSet weights = golden.Network.Weights;
        weights.Train();
        double loss = Backpropagation.Run(golden.Network, golden["x"], golden["x_t"], golden.Times(), golden["noise"]);
        Assert.Equal(golden["loss"].ToDouble(), loss, 1e-3);

        foreach (string name in golden.Tensors("grad."))
        {
            Weight weight = golden.Named(name);
            AssertNear(golden["grad." + name], weight.Value.grad! + weight.As(ScalarType.BFloat16).grad!.to(ScalarType.Float32), 0.08);
        }
        double norm = (weights.Gradients + weights.RoundedGradients!.to(ScalarType.Float32)).norm().ToDouble();
        Assert.Equal(golden["grad_total_norm"].ToDouble(), norm, 0.02 * norm);
    }

    private static void AssertNear(Tensor official, Tensor ours, double share)
    {
        double error = ((ours - official).norm() / official.norm()).ToDouble();
        Assert.True(error <= share, $"{error}");
    }
}
