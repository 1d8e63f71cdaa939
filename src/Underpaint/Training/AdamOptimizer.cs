using TorchSharp;
using Underpaint.Kernels;
using Underpaint.Machine;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Training;

/// <summary>
/// Adam with decoupled weight decay over the flat buffer of a <see cref="WeightSet"/> (Kingma and Ba 2015, algorithm 1;
/// Loshchilov and Hutter 2019). On the CPU a step is one pass over memory, elsewhere a handful of libtorch's operations.
/// </summary>
public sealed class AdamOptimizer : IDisposable
{
    private readonly WeightSet _weights;
    private readonly OptimizerOptions _options;
    private readonly Workers? _workers;
    private readonly SortedDictionary<long, long> _updatesOfGroups = [];
    private long _updatesOfOtherGroups;

    /// <summary>Starts with moments of zero.</summary>
    /// <param name="weights">What is trained; <see cref="WeightSet.Train"/> has been called. Stays the caller's.</param>
    /// <param name="options">Adam's settings.</param>
    /// <param name="workers">Share the work on the CPU; stay the caller's. Default none: the calling thread does it all.</param>
    public AdamOptimizer(WeightSet weights, OptimizerOptions options, Workers? workers = null)
    {
        (_weights, _options, _workers) = (weights, options, workers);
        FirstMoments = zeros_like(weights.Values).DetachFromDisposeScope();
        SecondMoments = zeros_like(weights.Values).DetachFromDisposeScope();
    }

    /// <summary>Averages of the gradients, flat; belongs to the optimiser.</summary>
    public Tensor FirstMoments { get; }

    /// <summary>Averages of the squared gradients, flat; belongs to the optimiser.</summary>
    public Tensor SecondMoments { get; }

    /// <summary>Updates made so far, whichever groups were in them.</summary>
    public long Updates { get; private set; }

    /// <summary>
    /// Updates made so far of each group, by its first weight. Moments that started at 0 are corrected by how often they were updated
    /// themselves: an encoder that was frozen at first is behind the decoder by as much.
    /// </summary>
    public IReadOnlyDictionary<long, long> UpdatesOfGroups => _updatesOfGroups;

    /// <summary>The global 2-norm of the gradients, summed in double precision: float32 would be off in the fourth digit.</summary>
    public double GradientNorm()
    {
        using var scope = NewDisposeScope();
        return OwnKernels.Fit(_weights.Gradients)
            ? Math.Sqrt(FusedAdam.SumOfSquares(_weights.Gradients.Floats()))
            : _weights.Gradients.to(ScalarType.Float64).norm().ToDouble();
    }

    /// <summary>Moves the weights along their gradients, clipped to the options' largest global norm, and clears the gradients.</summary>
    /// <param name="gradientNorm">From <see cref="GradientNorm"/>.</param>
    /// <param name="groups">Which weights are updated; the others and their moments stay as they are.</param>
    public void Update(double gradientNorm, params IReadOnlyList<WeightGroup> groups)
    {
        Updates++;
        using var noGradients = no_grad();
        foreach (WeightGroup group in groups)
        {
            _updatesOfGroups[group.First] = _updatesOfGroups.GetValueOrDefault(group.First, _updatesOfOtherGroups) + 1;
            Update(StepOf(group, gradientNorm), group);
        }
        _weights.Gradients.zero_();
    }

    /// <summary>Counts on from another optimiser, whose moments were copied.</summary>
    /// <param name="updates">Its <see cref="Updates"/>.</param>
    /// <param name="ofGroups">Its <see cref="UpdatesOfGroups"/>; null where it counted all groups as one.</param>
    internal void CountOnFrom(long updates, IReadOnlyDictionary<long, long>? ofGroups)
    {
        (Updates, _updatesOfOtherGroups) = (updates, ofGroups is null ? updates : 0);
        _updatesOfGroups.Clear();
        foreach (var (first, count) in ofGroups ?? new Dictionary<long, long>())
            _updatesOfGroups[first] = count;
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        FirstMoments.Dispose();
        SecondMoments.Dispose();
    }

    private AdamStep StepOf(WeightGroup group, double gradientNorm) => new(
        group.LearningRate, _options.Beta1, _options.Beta2, _options.Epsilon, _options.WeightDecay,
        FirstCorrection: 1 - Math.Pow(_options.Beta1, _updatesOfGroups[group.First]),
        SecondCorrection: 1 - Math.Pow(_options.Beta2, _updatesOfGroups[group.First]),
        GradientScale: _options.Clip > 0 && gradientNorm > _options.Clip ? _options.Clip / (gradientNorm + 1e-6) : 1);

    private void Update(AdamStep step, WeightGroup group)
    {
        if (!OwnKernels.Fit(_weights.Values))
            UpdateUnfused(step, group);
        else if (_workers is null)
            UpdateFused(step, (int)group.First, (int)group.Count);
        else
            _workers.Run((int)group.Count, (_, first, length) => UpdateFused(step, (int)group.First + first, length));
    }

    private void UpdateFused(in AdamStep step, int first, int length) => FusedAdam.Update(
        _weights.Values.Floats().Slice(first, length), FirstMoments.Floats().Slice(first, length),
        SecondMoments.Floats().Slice(first, length), _weights.Gradients.Floats().Slice(first, length), step);

    private void UpdateUnfused(in AdamStep step, WeightGroup group)
    {
        using var scope = NewDisposeScope();
        using Scalar gradientScale = step.GradientScale, beta1 = step.Beta1, rest1 = 1 - step.Beta1, beta2 = step.Beta2, rest2 = 1 - step.Beta2;
        using Scalar kept = 1 - step.LearningRate * step.WeightDecay, epsilon = step.Epsilon, one = 1;
        using Scalar correction = Math.Sqrt(step.SecondCorrection), rate = -step.LearningRate / step.FirstCorrection;
        Tensor values = Part(_weights.Values), gradients = Part(_weights.Gradients).mul_(gradientScale);
        Tensor first = Part(FirstMoments), second = Part(SecondMoments);
        first.mul_(beta1).add_(gradients, rest1);
        second.mul_(beta2).addcmul_(gradients, gradients, rest2);
        values.mul_(kept);
        Tensor scale = second.sqrt().div_(correction).add_(epsilon, one);
        values.addcdiv_(first, scale, rate);

        Tensor Part(Tensor flat) => flat.narrow(0, group.First, group.Count);
    }
}
