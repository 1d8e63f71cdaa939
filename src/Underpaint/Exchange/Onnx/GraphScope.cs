using System.Globalization;

namespace Underpaint.Exchange.Onnx;

/// <summary>A place in the tree of state names, where a layer adds its operations and finds its weights.</summary>
internal readonly struct GraphScope(OnnxGraph graph, string path)
{
    public OnnxGraph Graph => graph;

    public GraphScope this[string name] => new(graph, Join(name));

    public GraphScope this[int index] => this[index.ToString(CultureInfo.InvariantCulture)];

    /// <summary>A weight of this place.</summary>
    public string Weight(string name) => graph.Weight(Join(name));

    /// <summary>Whether this place is a layer with a weight.</summary>
    public bool HasWeight => graph.Has(Join("weight"));

    /// <summary>How many channels or numbers this layer puts out.</summary>
    public int Outputs => graph.Outputs(Join("weight"));

    /// <summary>Adds an operation with one output.</summary>
    /// <returns>The output's name.</returns>
    public string Add(string operation, IReadOnlyList<string> inputs, params OnnxAttribute[] attributes)
    {
        string output = graph.NewName(path, operation);
        graph.Add(new(operation, inputs, [output], attributes));
        return output;
    }

    /// <summary>Cuts a value into equal parts.</summary>
    /// <returns>The parts' names.</returns>
    public string[] Split(string value, int parts, int axis)
    {
        string output = graph.NewName(path, "Split");
        string[] outputs = [.. Enumerable.Range(0, parts).Select(part => $"{output}.{part}")];
        graph.Add(new("Split", [value], outputs, [("axis", axis)]));
        return outputs;
    }

    private string Join(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
