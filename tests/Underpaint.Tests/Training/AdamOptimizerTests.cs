using Underpaint.Networks;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Tests.Training;

/// <summary>Against the formulas of the paper, worked out in plain arithmetic.</summary>
public sealed class AdamOptimizerTests : IDisposable
{
    private readonly WeightSet _weights = new();

    public AdamOptimizerTests()
    {
        _ = _weights.Declare("weight", [3], new WeightInitialization(1, 1));
        _weights.Initialize(0);
        _weights.Train();
    }

    public void Dispose() => _weights.Dispose();

    [Fact]
    public void Updates_follow_algorithm_1_with_decoupled_weight_decay()
    {
        var options = new OptimizerOptions { WeightDecay = 0.1, Clip = 0 };
        using var optimizer = new AdamOptimizer(_weights, options);
        double w = 1, m = 0, v = 0;
        double[] gradients = [0.5, -2, 0.25, 1];
        for (int t = 1; t <= gradients.Length; t++)
        {
            double g = gradients[t - 1];
            SetGradients((float)g);
            _ = optimizer.ClipGradients();
            optimizer.Update(0.01, 3);
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            w = w * (1 - 0.01 * 0.1) - 0.01 * (m / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, t))) + 1e-8);
        }
        Assert.All(_weights.ToArray(), value => Assert.Equal(w, value, 1e-6));
    }

    [Fact]
    public void Gradients_are_clipped_to_the_global_norm()
    {
        using var optimizer = new AdamOptimizer(_weights, new OptimizerOptions { Clip = 1 });
        SetGradients(2);
        Assert.Equal(Math.Sqrt(12), optimizer.ClipGradients(), 1e-6);
        using Tensor norm = _weights.Gradients.norm();
        Assert.Equal(1, norm.item<float>(), 1e-5f);
    }

    [Fact]
    public void Small_gradients_are_left_alone()
    {
        using var optimizer = new AdamOptimizer(_weights, new OptimizerOptions { Clip = 1 });
        SetGradients(0.1f);
        _ = optimizer.ClipGradients();
        Assert.Equal(0.1f, _weights.Gradients.data<float>()[0]);
    }

    [Fact]
    public void Weights_beyond_the_count_stay_as_they_are()
    {
        using var optimizer = new AdamOptimizer(_weights, new OptimizerOptions());
        SetGradients(1);
        optimizer.Update(0.01, count: 2);
        Assert.Equal(1f, _weights.ToArray()[2]);
        Assert.NotEqual(1f, _weights.ToArray()[1]);
    }

    [Fact]
    public void An_update_clears_the_gradients()
    {
        using var optimizer = new AdamOptimizer(_weights, new OptimizerOptions());
        SetGradients(1);
        optimizer.Update(0.01, 3);
        Assert.All(_weights.Gradients.data<float>().ToArray(), gradient => Assert.Equal(0f, gradient));
    }

    private void SetGradients(float value)
    {
        using var noGradients = no_grad();
        _ = _weights.Gradients.fill_(value);
    }
}
