using Underpaint.Networks;

namespace Underpaint.Exchange.Onnx;

/// <summary>The weights of a model in plain memory, as constants of a graph.</summary>
/// <param name="model">The model.</param>
internal sealed class GraphWeights(ModelContent model)
{
    private readonly Dictionary<string, Weight> _weights =
        ModelContent.LayoutOf(model.Recipe).All.ToDictionary(weight => weight.Name, StringComparer.Ordinal);

    /// <summary>A weight as a constant. The kernels of attention's one-dimensional convolutions become two-dimensional: pixels stay where they are.</summary>
    public OnnxTensor Tensor(string name)
    {
        Weight weight = _weights[name];
        IReadOnlyList<long> shape = weight.Shape is [var outputs, var inputs, 1] ? [outputs, inputs, 1, 1] : weight.Shape;
        return new(name, shape, model.Values.AsMemory((int)weight.Offset, (int)weight.Length));
    }

    /// <summary>The outermost size of a weight.</summary>
    public int Outputs(string name) => (int)_weights[name].Shape[0];

    /// <summary>Whether there is such a weight.</summary>
    public bool Has(string name) => _weights.ContainsKey(name);
}
