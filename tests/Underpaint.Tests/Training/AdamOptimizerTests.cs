using Underpaint.Machine;
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
            optimizer.Update(optimizer.GradientNorm(), new WeightGroup(0, 3, 0.01));
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
        double norm = optimizer.GradientNorm();
        Assert.Equal(Math.Sqrt(12), norm, 1e-6);
        optimizer.Update(norm, new WeightGroup(0, 3, 0.01));
        Assert.All(optimizer.FirstMoments.data<float>().ToArray(), moment => Assert.Equal(0.1 / Math.Sqrt(3), moment, 1e-6));
    }

    [Fact]
    public void Small_gradients_are_left_alone()
    {
        using var optimizer = new AdamOptimizer(_weights, new OptimizerOptions { Clip = 1 });
        SetGradients(0.1f);
        optimizer.Update(optimizer.GradientNorm(), new WeightGroup(0, 3, 0.01));
        Assert.All(optimizer.FirstMoments.data<float>().ToArray(), moment => Assert.Equal(0.01f, moment, 1e-8f));
    }

    [Fact]
    public void Workers_together_do_what_one_thread_does()
    {
        using var together = new Workers(3, threads: 3);
        using var weights = new WeightSet();
        _ = weights.Declare("weight", [1001], new WeightInitialization(-1, 1));
        WeightGroup[] groups = [new(0, 500, 0.01), new(500, 501, 0.002)];
        float[] alone = Update(weights, null, groups);
        Assert.Equal(alone, Update(weights, together, groups));
    }

    [Fact]
    public void Weights_of_no_group_stay_as_they_are()
    {
        using var optimizer = new AdamOptimizer(_weights, new OptimizerOptions());
        SetGradients(1);
        optimizer.Update(gradientNorm: 1, new WeightGroup(0, 2, 0.01));
        Assert.Equal(1f, _weights.ToArray()[2]);
        Assert.NotEqual(1f, _weights.ToArray()[1]);
    }

    [Fact]
    public void Each_group_has_a_learning_rate_of_its_own_and_all_count_as_one_update()
    {
        using var optimizer = new AdamOptimizer(_weights, new OptimizerOptions { Clip = 0 });
        SetGradients(1);
        optimizer.Update(gradientNorm: 1, new WeightGroup(0, 1, 0.01), new WeightGroup(1, 2, 0.001));
        // The first step of Adam is the learning rate itself, whatever the gradient.
        Assert.Equal([0.99, 0.999, 0.999], _weights.ToArray().Select(value => Math.Round(value, 6)));
        Assert.Equal(1, optimizer.Updates);
    }

    [Fact]
    public void A_group_that_joins_later_begins_with_a_step_as_large_as_any_first_one()
    {
        using var optimizer = new AdamOptimizer(_weights, new OptimizerOptions { Clip = 0 });
        WeightGroup early = new(0, 1, 0.01), late = new(1, 2, 0.01);
        for (int i = 0; i < 5; i++)
        {
            SetGradients(1);
            optimizer.Update(gradientNorm: 1, early);
        }
        SetGradients(1);
        optimizer.Update(gradientNorm: 1, early, late);
        Assert.Equal([0.94, 0.99, 0.99], _weights.ToArray().Select(value => Math.Round(value, 6)));
        Assert.Equal((6, 6, 1), (optimizer.Updates, optimizer.UpdatesOfGroups[0], optimizer.UpdatesOfGroups[1]));
    }

    [Fact]
    public void Libtorch_s_operations_do_what_the_kernel_does()
    {
        using var weights = new WeightSet();
        _ = weights.Declare("weight", [1001], new WeightInitialization(-1, 1));
        WeightGroup[] groups = [new(0, 500, 0.01), new(500, 501, 0.002)];
        float[] ours = Update(weights, null, groups);
        using IDisposable left = Underpaint.Kernels.OwnKernels.LeaveOut();
        Assert.All(ours.Zip(Update(weights, null, groups)), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Groups_of_the_same_learning_rate_do_what_one_does_to_the_bit()
    {
        using var weights = new WeightSet();
        _ = weights.Declare("weight", [1001], new WeightInitialization(-1, 1));
        Assert.Equal(Update(weights, null, new WeightGroup(0, 1001, 0.01)),
            Update(weights, null, new WeightGroup(0, 333, 0.01), new WeightGroup(333, 668, 0.01)));
    }

    [Fact]
    public void An_update_clears_the_gradients()
    {
        using var optimizer = new AdamOptimizer(_weights, new OptimizerOptions());
        SetGradients(1);
        optimizer.Update(gradientNorm: 1, new WeightGroup(0, 3, 0.01));
        Assert.All(_weights.Gradients.data<float>().ToArray(), gradient => Assert.Equal(0f, gradient));
    }

    private static float[] Update(WeightSet weights, Workers? workers, params WeightGroup[] groups)
    {
        weights.Initialize(0);
        weights.Train();
        using var gradients = weights.Values.square();
        weights.Gradients.copy_(gradients);
        using var optimizer = new AdamOptimizer(weights, new OptimizerOptions(), workers);
        optimizer.Update(optimizer.GradientNorm(), groups);
        return weights.ToArray();
    }

    private void SetGradients(float value)
    {
        using var noGradients = no_grad();
        _ = _weights.Gradients.fill_(value);
    }
}
