using Underpaint.Storage;

namespace Underpaint.Exchange.Onnx;

/// <summary>An ONNX file: one graph, with everything in it.</summary>
internal static class OnnxFile
{
    /// <summary>The version of ONNX's operations that graphs are made of (onnx 1.12, 2022).</summary>
    public const int Operations = 17;

    private const int Format = 8;
    private const long MostBytes = int.MaxValue;

    /// <summary>Writes a graph, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="metadata">What readers may want to know.</param>
    /// <exception cref="UnderpaintException">The file would be too long, or cannot be written.</exception>
    public static void Write(string path, OnnxGraph graph, IReadOnlyDictionary<string, string> metadata)
    {
        ProtobufMessage model = ToMessage(graph, metadata);
        if (model.Length > MostBytes)
            throw new UnderpaintException($"{path} would take {model.Length:N0} bytes; an ONNX file holds at most {MostBytes:N0}.",
                "Export a smaller model.");
        AtomicFile.Write(path, model.WriteTo);
    }

    // ModelProto.
    private static ProtobufMessage ToMessage(OnnxGraph graph, IReadOnlyDictionary<string, string> metadata)
    {
        ProtobufMessage model = new(), operations = new();
        model.Add(1, Format);
        model.Add(2, "Underpaint");
        model.Add(7, graph.ToMessage());
        operations.Add(1, "");
        operations.Add(2, Operations);
        model.Add(8, operations);
        foreach ((string key, string value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var entry = new ProtobufMessage();
            entry.Add(1, key);
            entry.Add(2, value);
            model.Add(14, entry);
        }
        return model;
    }
}
