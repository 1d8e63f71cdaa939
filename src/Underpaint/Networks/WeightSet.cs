using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// All weights of a network in one flat float32 buffer, each weight a view into it. Layers declare what they need when the
/// network is built; nothing is allocated before <see cref="Initialize"/> or <see cref="Allocate"/>. Updates, averages
/// and checkpoints work on the buffer as a whole.
/// </summary>
public sealed class WeightSet : IDisposable
{
    private readonly List<Weight> _weights = [];
    private Tensor? _values;
    private Tensor? _gradients;

    /// <summary>Every weight, in the order of declaration.</summary>
    public IReadOnlyList<Weight> All => _weights;

    /// <summary>How many numbers there are in all.</summary>
    public long Count { get; private set; }

    /// <summary>The flat buffer, (<see cref="Count"/>), float32; belongs to this set.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been allocated.</exception>
    public Tensor Values => _values ?? throw new InvalidOperationException("The weights have not been allocated.");

    /// <summary>The gradients of the last backward pass, flat like <see cref="Values"/>; belongs to this set.</summary>
    /// <exception cref="InvalidOperationException">The weights are not being trained.</exception>
    public Tensor Gradients => _gradients ?? throw new InvalidOperationException("The weights are not being trained.");

    /// <summary>Allocates the buffer, filled with zeros.</summary>
    /// <param name="device">Where; default the CPU.</param>
    public void Allocate(Device? device = null)
    {
        Release();
        _values = zeros(Count, dtype: ScalarType.Float32, device: device ?? CPU).DetachFromDisposeScope();
        foreach (Weight weight in _weights)
            weight.Bind(_values);
    }

    /// <summary>Uses the values of another network of the same layout from now on. They stay the other's.</summary>
    /// <param name="other">Must live longer than this one.</param>
    internal void Share(WeightSet other)
    {
        Release();
        _values = other.Values.alias().DetachFromDisposeScope();
        foreach (Weight weight in _weights)
            weight.Bind(_values);
    }

    /// <summary>Allocates and fills the weights as PyTorch would; each a pure function of (seed, name).</summary>
    /// <param name="seed">The recipe's seed.</param>
    /// <param name="device">Where; default the CPU.</param>
    public void Initialize(long seed, Device? device = null)
    {
        Allocate(device);
        var values = new float[Count];
        foreach (Weight weight in _weights)
        {
            var (low, high) = weight.Initialization;
            var random = new RandomSource(seed, weight.Name);
            foreach (ref float value in values.AsSpan((int)weight.Offset, (int)weight.Length))
                value = low == high ? low : (float)random.NextDouble(low, high);
        }
        Load(values);
    }

    /// <summary>Replaces all weights.</summary>
    /// <param name="values"><see cref="Count"/> numbers, in the order of <see cref="All"/>.</param>
    public void Load(float[] values)
    {
        if (values.Length != Count)
            throw new ArgumentException($"{values.Length} numbers for {Count} weights.", nameof(values));
        using var noGradients = no_grad();
        using Tensor source = tensor(values);
        Values.copy_(source);
    }

    /// <summary>A copy of all weights in plain memory, in the order of <see cref="All"/>.</summary>
    public float[] ToArray()
    {
        using Tensor copy = Values.cpu();
        return copy.data<float>().ToArray();
    }

    /// <summary>From now on, backward passes add to <see cref="Gradients"/>.</summary>
    public void Train()
    {
        _gradients = zeros_like(Values).DetachFromDisposeScope();
        foreach (Weight weight in _weights)
        {
            using Tensor gradient = _gradients.narrow(0, weight.Offset, weight.Length).view([.. weight.Shape]);
            weight.Value.requires_grad = true;
            // The engine adds in place to a gradient that is already there: all of them land in the one buffer.
            weight.Value.grad = gradient;
        }
    }

    /// <summary>Frees the buffers.</summary>
    public void Dispose() => Release();

    internal WeightScope Root => new(this, "");

    internal Weight Declare(string name, long[] shape, WeightInitialization initialization)
    {
        var weight = new Weight(name, shape, Count, initialization);
        _weights.Add(weight);
        Count += weight.Length;
        return weight;
    }

    private void Release()
    {
        _weights.ForEach(weight => weight.Release());
        _values?.Dispose();
        _gradients?.Dispose();
        (_values, _gradients) = (null, null);
    }
}
