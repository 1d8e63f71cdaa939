using Underpaint.Storage;

namespace Underpaint.Exchange.Onnx;

/// <summary>A graph that is being built: operations in the order in which they are done, constants, inputs and outputs.</summary>
/// <param name="name">Its name.</param>
/// <param name="weights">The weights that it may use.</param>
internal sealed class OnnxGraph(string name, GraphWeights weights)
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly Dictionary<string, OnnxTensor> _constants = new(StringComparer.Ordinal);
    private readonly List<OnnxPort> _inputs = [];
    private readonly List<OnnxPort> _outputs = [];

    /// <summary>The place of names that every other lies in.</summary>
    public GraphScope Root => new(this, "");

    /// <summary>Declares an input.</summary>
    /// <returns>Its name.</returns>
    public string Input(string input, params long[] sizes)
    {
        _inputs.Add(new(input, sizes));
        return input;
    }

    /// <summary>Gives a value the name of an output.</summary>
    public void Output(string output, string value, params long[] sizes)
    {
        _outputs.Add(new(output, sizes));
        _nodes.Add(new("Identity", [value], [output], []));
    }

    /// <summary>Adds an operation with some outputs.</summary>
    public void Add(OnnxNode node) => _nodes.Add(node);

    /// <summary>A value's name that is used nowhere else.</summary>
    public string NewName(string path, string operation) => $"{path}/{operation}.{_nodes.Count}";

    /// <summary>A weight, under its official name.</summary>
    public string Weight(string weight)
    {
        if (!_constants.ContainsKey(weight))
            _constants.Add(weight, weights.Tensor(weight));
        return weight;
    }

    /// <summary>Whether there is a weight of this name.</summary>
    public bool Has(string weight) => weights.Has(weight);

    /// <summary>The outermost size of a weight.</summary>
    public int Outputs(string weight) => weights.Outputs(weight);

    /// <summary>Whole numbers that an operation takes as an input.</summary>
    public string Integers(params long[] values)
    {
        string constant = $"integers.{string.Join('.', values)}";
        _constants.TryAdd(constant, new(constant, values));
        return constant;
    }

    /// <summary>Numbers that an operation takes as an input.</summary>
    public string Floats(string constant, float[] values, params long[] shape)
    {
        _constants.TryAdd(constant, new(constant, shape, values));
        return constant;
    }

    /// <summary>GraphProto.</summary>
    public ProtobufMessage ToMessage()
    {
        var message = new ProtobufMessage();
        _nodes.ForEach(node => message.Add(1, node.ToMessage()));
        message.Add(2, name);
        foreach (OnnxTensor constant in _constants.Values)
            message.Add(5, constant.ToMessage());
        _inputs.ForEach(input => message.Add(11, input.ToMessage()));
        _outputs.ForEach(output => message.Add(12, output.ToMessage()));
        return message;
    }
}
