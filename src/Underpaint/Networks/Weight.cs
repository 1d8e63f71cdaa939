using TorchSharp;

namespace Underpaint.Networks;

/// <summary>One named parameter of a network: a view into the network's flat buffer.</summary>
public sealed class Weight
{
    private torch.Tensor? _value;

    internal Weight(string name, long[] shape, long offset, WeightInitialization initialization)
    {
        (Name, Shape, Offset, Initialization) = (name, shape, offset, initialization);
        Length = shape.Aggregate(1L, (product, size) => product * size);
    }

    /// <summary>The name in the official Diff-AE state, such as <c>input_blocks.1.0.in_layers.2.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The tensor's sizes, outermost first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>How many numbers it holds.</summary>
    public long Length { get; }

    /// <summary>Where it starts in the flat buffer, in numbers.</summary>
    public long Offset { get; }

    /// <summary>The parameter itself; belongs to the <see cref="WeightSet"/>.</summary>
    /// <exception cref="InvalidOperationException">The weights have not been allocated.</exception>
    public torch.Tensor Value => _value ?? throw new InvalidOperationException($"{Name} is used before its weights were allocated.");

    internal WeightInitialization Initialization { get; }

    internal void Bind(torch.Tensor flat) => _value = flat.narrow(0, Offset, Length).view([.. Shape]).DetachFromDisposeScope();

    internal void Release()
    {
        _value?.Dispose();
        _value = null;
    }
}
