using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>One named parameter of a network: a view into the network's flat buffer.</summary>
public sealed class Weight
{
    private Tensor? _value;
    private Tensor? _rounded;

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

    /// <summary>The parameter itself, float32; belongs to the <see cref="WeightSet"/>.</summary>
    /// <exception cref="InvalidOperationException">The weights have not been allocated.</exception>
    public Tensor Value => _value ?? throw new InvalidOperationException($"{Name} is used before its weights were allocated.");

    internal WeightInitialization Initialization { get; }

    /// <summary>The parameter in the type of the activations that it meets.</summary>
    /// <param name="type">float32, or bfloat16 in a set that keeps such a copy.</param>
    internal Tensor As(ScalarType type) => type == ScalarType.Float32
        ? Value
        : _rounded ?? throw new InvalidOperationException($"{Name} is kept in float32 only.");

    internal void Bind(Tensor values, Tensor? rounded)
    {
        _value = In(values).DetachFromDisposeScope();
        _rounded = rounded is null ? null : In(rounded).DetachFromDisposeScope();
    }

    internal void Train(Tensor gradients, Tensor? roundedGradients)
    {
        Learn(Value, gradients);
        if (_rounded is not null)
            Learn(_rounded, roundedGradients!);
    }

    internal void Release()
    {
        _value?.Dispose();
        _rounded?.Dispose();
        (_value, _rounded) = (null, null);
    }

    // Kernels of convolutions lie in the buffer with their input channels last, like the activations that they meet.
    private Tensor In(Tensor flat)
    {
        using var scope = NewDisposeScope();
        Tensor part = flat.narrow(0, Offset, Length);
        return (Shape is [var outputs, var inputs, var height, var width]
            ? part.view(outputs, height, width, inputs).permute(0, 3, 1, 2)
            : part.view([.. Shape])).MoveToOuterDisposeScope();
    }

    private void Learn(Tensor leaf, Tensor gradients)
    {
        using Tensor gradient = In(gradients);
        leaf.requires_grad = true;
        // The engine adds in place to a gradient that is already there: all of them land in the one buffer.
        leaf.grad = gradient;
    }
}
