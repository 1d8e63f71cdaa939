using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// Remembers a forward pass so that gradients can go back through it (reverse-mode differentiation). An entry is either a
/// piece of libtorch's own graph or one of our kernels; what it kept is freed as soon as the gradients have passed it.
/// </summary>
internal sealed class Tape : IDisposable
{
    private readonly Stack<Entry> _entries = [];

    private Tape(bool records) => Records = records;

    /// <summary>Whether anything is remembered: without it, nothing can be learnt.</summary>
    public bool Records { get; }

    /// <summary>Remembers nothing, for inference: values belong to the dispose scope they are made in.</summary>
    public static Tape None { get; } = new(records: false);

    /// <summary>A new tape; the caller disposes it, and with it all values made on it.</summary>
    public static Tape Record() => new(records: true);

    /// <summary>A value that learns nothing. The tensor stays the caller's.</summary>
    public static Value Constant(Tensor data) => new(data, wantsGradient: false);

    /// <summary>Computes with libtorch, and remembers its graph.</summary>
    /// <param name="function">Of the tensors of <paramref name="inputs"/>; may use weights.</param>
    /// <param name="inputs">What it is applied to.</param>
    public Value Apply(Func<Tensor[], Tensor> function, params Value[] inputs)
    {
        using var scope = NewDisposeScope();
        if (!Records)
            return new Value(function([.. inputs.Select(input => input.Data)]), wantsGradient: false).MoveOut();

        Tensor[] leaves = [.. inputs.Select(Leaf)];
        Tensor result = function(leaves);
        var output = new Value(result.DetachFromDisposeScope(), result.requires_grad);
        _entries.Push(new(output, gradient =>
        {
            result.backward([gradient]);
            foreach (var (input, leaf) in inputs.Zip(leaves))
                if (leaf.grad is { } arrived)
                    input.AddGradient(arrived);
        }, leaves));
        return output;
    }

    /// <summary>Remembers what one of our kernels computed.</summary>
    /// <param name="result">Its result; from now on the tape's, if it records.</param>
    /// <param name="backward">Takes the result's gradient and adds to the inputs' gradients.</param>
    /// <param name="kept">What <paramref name="backward"/> needs; freed with the entry.</param>
    public Value Push(Tensor result, Action<Tensor> backward, params Tensor[] kept)
    {
        if (!Records)
            return new(result, wantsGradient: false);
        foreach (Tensor tensor in kept)
            tensor.DetachFromDisposeScope();
        var output = new Value(result.DetachFromDisposeScope(), wantsGradient: true);
        _entries.Push(new(output, backward, kept));
        return output;
    }

    /// <summary>x + y, images both, into the memory of <paramref name="y"/>, which nothing else may use: neither another value nor the graph behind it.</summary>
    public Value AddInto(Value y, Value x)
    {
        using var noGradients = no_grad();
        return Push(Sum(y.Data.detach(), x.Data), gradient =>
        {
            y.AddGradient(gradient);
            x.AddGradient(gradient);
        });
    }

    /// <summary>Carries a gradient back to every weight and value before <paramref name="output"/>, and empties the tape.</summary>
    public void Backward(Value output, Tensor gradient)
    {
        output.AddGradient(gradient);
        while (_entries.TryPop(out Entry? entry))
        {
            using var scope = NewDisposeScope();
            using (entry)
            {
                if (entry.Output.Gradient is { } arrived)
                    entry.Backward(arrived);
            }
        }
    }

    /// <summary>Frees what is still remembered.</summary>
    public void Dispose()
    {
        while (_entries.TryPop(out Entry? entry))
            entry.Dispose();
    }

    private static Tensor Sum(Tensor y, Tensor x)
    {
        using var scope = NewDisposeScope();
        if (!OwnKernels.Fit(y) || y.dtype != x.dtype || !y.Pixels().is_contiguous())
            return y.AddInPlace(x);
        if (y.dtype == ScalarType.BFloat16)
            ResidualSum.AddInto<BFloat16Element>(x.ToChannelsLast().Elements<BFloat16Element>(), y.Elements<BFloat16Element>());
        else
            ResidualSum.AddInto<Float32Element>(x.ToChannelsLast().Elements<Float32Element>(), y.Elements<Float32Element>());
        return y;
    }

    private static Tensor Leaf(Value input)
    {
        Tensor leaf = input.Data.detach().DetachFromDisposeScope();
        leaf.requires_grad = input.WantsGradient;
        return leaf;
    }

    private sealed record Entry(Value Output, Action<Tensor> Backward, Tensor[] Kept) : IDisposable
    {
        public void Dispose()
        {
            Output.Dispose();
            foreach (Tensor tensor in Kept)
                tensor.Dispose();
        }
    }
}
