using Underpaint.Machine;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// All weights of a network in one flat float32 buffer, each weight a view into it. Layers declare what they need when the
/// network is built; nothing is allocated before <see cref="Initialize"/> or <see cref="Allocate"/>. Updates, averages
/// and checkpoints work on the buffer as a whole.
/// </summary>
/// <param name="precision">Whether a copy rounded to bfloat16 is kept beside it, for layers that compute so. Default float32: none.</param>
public sealed class WeightSet(Precision precision = Precision.Float32) : IDisposable
{
    private readonly List<Weight> _weights = [];
    private readonly List<DerivedWeights> _derived = [];
    private WeightSet? _owner;
    private int _revision;
    private Tensor? _values;
    private Tensor? _rounded;
    private Tensor? _gradients;

    /// <summary>Every weight, in the order of declaration.</summary>
    public IReadOnlyList<Weight> All => _weights;

    /// <summary>How many numbers there are in all.</summary>
    public long Count { get; private set; }

    /// <summary>The flat buffer, (<see cref="Count"/>), float32; belongs to this set. After a change, <see cref="Round"/>.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been allocated.</exception>
    public Tensor Values => _values ?? throw new InvalidOperationException("The weights have not been allocated.");

    /// <summary>The gradients of the last backward pass, flat like <see cref="Values"/>; belongs to this set.</summary>
    /// <exception cref="InvalidOperationException">The weights are not being trained.</exception>
    public Tensor Gradients => _gradients ?? throw new InvalidOperationException("The weights are not being trained.");

    /// <summary>The same for what layers did with the rounded copy, bfloat16; null where there is none.</summary>
    internal Tensor? RoundedGradients { get; private set; }

    /// <summary>Another number whenever the values may be others; of a set that shares them, their owner's.</summary>
    internal int Revision => _owner?.Revision ?? _revision;

    internal WeightScope Root => new(this, "");

    /// <summary>Allocates the buffer, filled with zeros.</summary>
    /// <param name="device">Where; default the CPU.</param>
    public void Allocate(Device? device = null)
    {
        TorchLibrary.Load();
        Device place = device ?? CPU;
        Bind(zeros(Count, dtype: ScalarType.Float32, device: place),
            precision == Precision.BFloat16 ? zeros(Count, dtype: ScalarType.BFloat16, device: place) : null);
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
            var random = new RandomSource(seed, weight.Name);
            foreach (ref float value in values.AsSpan((int)weight.Offset, (int)weight.Length))
                value = weight.Initialization.Draw(random);
        }
        Load(values);
    }

    /// <summary>Replaces all weights.</summary>
    /// <param name="values"><see cref="Count"/> numbers, in the order of <see cref="All"/> and of each weight's shape.</param>
    public void Load(float[] values)
    {
        Write(values, Values);
        Round();
    }

    /// <summary>A copy of all weights in plain memory, in the order of <see cref="All"/> and of each weight's shape.</summary>
    public float[] ToArray() => Read(Values);

    /// <summary>Makes what follows the values follow them: the rounded copy, if there is one, and what layers have computed from them.</summary>
    public void Round()
    {
        _revision++;
        using var noGradients = no_grad();
        _rounded?.copy_(Values);
    }

    /// <summary>From now on, backward passes add to <see cref="Gradients"/>.</summary>
    public void Train()
    {
        _gradients = zeros_like(Values).DetachFromDisposeScope();
        RoundedGradients = _rounded is null ? null : zeros_like(_rounded).DetachFromDisposeScope();
        _weights.ForEach(weight => weight.Train(_gradients, RoundedGradients));
    }

    /// <summary>Frees the buffers.</summary>
    public void Dispose() => Release();

    /// <summary>Uses the values of another set of the same layout and precision from now on. They stay the other's.</summary>
    /// <param name="other">Must live longer than this one.</param>
    internal void Share(WeightSet other)
    {
        Bind(other.Values.alias(), other._rounded?.alias());
        _owner = other;
    }

    /// <summary>The numbers of a flat tensor in plain memory, each weight's in the order of its shape.</summary>
    /// <param name="flat">Laid out like <see cref="Values"/>.</param>
    internal float[] Read(Tensor flat)
    {
        using Tensor copy = flat.detach().cpu();
        float[] stored = copy.data<float>().ToArray(), numbers = new float[stored.Length];
        foreach (Weight weight in _weights)
            WeightOrder.FromStored(weight, stored, numbers);
        return numbers;
    }

    /// <summary>Fills a flat tensor.</summary>
    /// <param name="numbers"><see cref="Count"/> numbers, each weight's in the order of its shape.</param>
    /// <param name="flat">Laid out like <see cref="Values"/>.</param>
    internal void Write(float[] numbers, Tensor flat)
    {
        if (numbers.Length != Count)
            throw new ArgumentException($"{numbers.Length} numbers for {Count} weights.", nameof(numbers));
        var stored = new float[Count];
        foreach (Weight weight in _weights)
            WeightOrder.ToStored(weight, numbers, stored);
        using var noGradients = no_grad();
        using Tensor source = tensor(stored);
        flat.copy_(source);
    }

    internal Weight Declare(string name, long[] shape, WeightInitialization initialization)
    {
        var weight = new Weight(name, shape, Count, initialization);
        _weights.Add(weight);
        Count += weight.Length;
        return weight;
    }

    internal DerivedWeights Derive(Func<Tensor[]> make)
    {
        var derived = new DerivedWeights(this, make);
        _derived.Add(derived);
        return derived;
    }

    private void Bind(Tensor values, Tensor? rounded)
    {
        Release();
        (_owner, _revision) = (null, _revision + 1);
        (_values, _rounded) = (values.DetachFromDisposeScope(), rounded?.DetachFromDisposeScope());
        _weights.ForEach(weight => weight.Bind(values, rounded));
    }

    private void Release()
    {
        _weights.ForEach(weight => weight.Release());
        _derived.ForEach(derived => derived.Release());
        foreach (Tensor? tensor in new[] { _values, _rounded, _gradients, RoundedGradients })
            tensor?.Dispose();
        (_values, _rounded, _gradients, RoundedGradients) = (null, null, null, null);
    }
}
