using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// Tensors that are computed from weights and used in their place where nothing is learnt. They are made when they are first asked for, and anew when the
/// weights have changed since; they belong to the weights' set. Threads that compute with one network share them, so weights may only change while none does.
/// </summary>
/// <param name="set">The set.</param>
/// <param name="make">Makes them of the weights, in float32.</param>
internal sealed class DerivedWeights(WeightSet set, Func<Tensor[]> make)
{
    private readonly Lock _lock = new();
    private Tensor[] _tensors = [];
    private (int Revision, ScalarType Type) _madeFor;

    /// <summary>The tensors in the type of the activations that they meet.</summary>
    public IReadOnlyList<Tensor> As(ScalarType type)
    {
        lock (_lock)
        {
            if (_tensors.Length == 0 || _madeFor != (set.Revision, type))
                Make(type);
            return _tensors;
        }
    }

    /// <summary>Frees them.</summary>
    public void Release()
    {
        foreach (Tensor tensor in _tensors)
            tensor.Dispose();
        _tensors = [];
    }

    private void Make(ScalarType type)
    {
        Release();
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        _tensors = [.. make().Select(tensor => tensor.to(type).contiguous().DetachFromDisposeScope())];
        _madeFor = (set.Revision, type);
    }
}
