using Underpaint.Networks;

namespace Underpaint.Exchange.Onnx;

/// <summary>The weights of a network in plain memory, as constants of a graph.</summary>
/// <param name="layout">Their names and shapes.</param>
/// <param name="values">The weights, in the layout's order.</param>
internal sealed class GraphWeights(WeightSet layout, float[] values)
{
    private readonly Dictionary<string, Weight> _weights = layout.All.ToDictionary(weight => weight.Name, StringComparer.Ordinal);

    /// <summary>Those of a model.</summary>
    public GraphWeights(ModelContent model) : this(ModelContent.LayoutOf(model.Recipe), model.Values)
    {
    }

    /// <summary>A weight as a constant. The kernels of attention's one-dimensional convolutions become two-dimensional: pixels stay where they are.</summary>
    public OnnxTensor Tensor(string name)
    {
        Weight weight = _weights[name];
        IReadOnlyList<long> shape = weight.Shape is [var outputs, var inputs, 1] ? [outputs, inputs, 1, 1] : weight.Shape;
        return new(name, shape, values.AsMemory((int)weight.Offset, (int)weight.Length));
    }

    /// <summary>The outermost size of a weight.</summary>
    public int Outputs(string name) => (int)_weights[name].Shape[0];

    /// <summary>Whether there is such a weight.</summary>
    public bool Has(string name) => _weights.ContainsKey(name);
}
