using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>A tensor in a forward pass, and the gradient that comes back to it. Both belong to its <see cref="Tape"/> or dispose scope.</summary>
internal sealed class Value(Tensor data, bool wantsGradient) : IDisposable
{
    /// <summary>The numbers.</summary>
    public Tensor Data => data;

    /// <summary>Whether anything before it learns.</summary>
    public bool WantsGradient => wantsGradient;

    /// <summary>The sum of the gradients that have arrived so far.</summary>
    public Tensor? Gradient { get; private set; }

    /// <summary>Adds a gradient. The tensor may be shared with others, so it is never written to.</summary>
    public void AddGradient(Tensor gradient)
    {
        if (!wantsGradient)
            return;
        using Tensor? before = Gradient;
        Gradient = (before is null ? gradient.alias() : before.Plus(gradient)).DetachFromDisposeScope();
    }

    /// <summary>Replaces the gradient by one that contains it.</summary>
    public void ReplaceGradient(Tensor gradient)
    {
        Gradient?.Dispose();
        Gradient = gradient.DetachFromDisposeScope();
    }

    /// <summary>Hands the numbers on to the dispose scope around the current one.</summary>
    public Value MoveOut()
    {
        data.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>Frees both tensors.</summary>
    public void Dispose()
    {
        data.Dispose();
        Gradient?.Dispose();
        Gradient = null;
    }
}
