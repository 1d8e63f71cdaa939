using TorchSharp;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Training;

/// <summary>
/// Adam with decoupled weight decay over the flat buffer of a <see cref="WeightSet"/> (Kingma and Ba 2015, algorithm 1;
/// Loshchilov and Hutter 2019). A step is a handful of calls, however many weights there are.
/// </summary>
public sealed class AdamOptimizer : IDisposable
{
    private readonly WeightSet _weights;
    private readonly OptimizerOptions _options;

    /// <summary>Starts with moments of zero.</summary>
    /// <param name="weights">What is trained; <see cref="WeightSet.Train"/> has been called. Stays the caller's.</param>
    /// <param name="options">Adam's settings.</param>
    public AdamOptimizer(WeightSet weights, OptimizerOptions options)
    {
        (_weights, _options) = (weights, options);
        FirstMoments = zeros_like(weights.Values).DetachFromDisposeScope();
        SecondMoments = zeros_like(weights.Values).DetachFromDisposeScope();
    }

    /// <summary>Averages of the gradients, flat; belongs to the optimiser.</summary>
    public Tensor FirstMoments { get; }

    /// <summary>Averages of the squared gradients, flat; belongs to the optimiser.</summary>
    public Tensor SecondMoments { get; }

    /// <summary>Updates made so far.</summary>
    public long Updates { get; set; }

    /// <summary>Scales the gradients down to the options' largest global 2-norm.</summary>
    /// <returns>The norm before.</returns>
    public double ClipGradients()
    {
        using var scope = NewDisposeScope();
        // In double precision: a float32 sum over millions of squares is off in the fourth digit.
        double norm = _weights.Gradients.to(ScalarType.Float64).norm().ToDouble();
        if (_options.Clip > 0 && norm > _options.Clip)
            _weights.Gradients.mul_(_options.Clip / (norm + 1e-6));
        return norm;
    }

    /// <summary>Moves the weights along their gradients, and clears the gradients.</summary>
    /// <param name="learningRate">The step size.</param>
    /// <param name="count">How many weights, from the first, are updated; the others and their moments stay as they are.</param>
    public void Update(double learningRate, long count)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Tensor values = _weights.Values.narrow(0, 0, count), gradients = _weights.Gradients.narrow(0, 0, count);
        Tensor first = FirstMoments.narrow(0, 0, count), second = SecondMoments.narrow(0, 0, count);

        Updates++;
        first.mul_(_options.Beta1).add_(gradients, alpha: 1 - _options.Beta1);
        second.mul_(_options.Beta2).addcmul_(gradients, gradients, 1 - _options.Beta2);
        double firstCorrection = 1 - Math.Pow(_options.Beta1, Updates);
        double secondCorrection = 1 - Math.Pow(_options.Beta2, Updates);
        if (_options.WeightDecay > 0)
            values.mul_(1 - learningRate * _options.WeightDecay);
        Tensor scale = second.sqrt().div_(Math.Sqrt(secondCorrection)).add_(_options.Epsilon);
        values.addcdiv_(first, scale, -learningRate / firstCorrection);

        _weights.Gradients.zero_();
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        FirstMoments.Dispose();
        SecondMoments.Dispose();
    }
}
