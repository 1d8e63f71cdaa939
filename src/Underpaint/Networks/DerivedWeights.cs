using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// Tensors that are computed from weights and used in their place where nothing is learnt. They are made when they are first asked for, and anew when the
/// weights have changed since; they belong to the weights' set.
/// </summary>
/// <param name="set">The set.</param>
/// <param name="make">Makes them of the weights, in float32.</param>
internal sealed class DerivedWeights(WeightSet set, Func<Tensor[]> make)
{
    private Tensor[] _tensors = [];
    private (int Revision, ScalarType Type) _madeFor;

    /// <summary>The tensors in the type of the activations that they meet.</summary>
    public IReadOnlyList<Tensor> As(ScalarType type)
    {
        if (_tensors.Length > 0 && _madeFor == (set.Revision, type))
            return _tensors;
        Release();
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        _tensors = [.. make().Select(tensor => tensor.to(type).contiguous().DetachFromDisposeScope())];
        _madeFor = (set.Revision, type);
        return _tensors;
    }

    /// <summary>Frees them.</summary>
    internal void Release()
    {
        foreach (Tensor tensor in _tensors)
            tensor.Dispose();
        _tensors = [];
    }
}
