using System.Text;
using Underpaint.Codes;
using Underpaint.Storage;

namespace Underpaint.Exchange.Onnx;

/// <summary>An ONNX file that is to be written: one graph, with everything in it.</summary>
internal sealed class OnnxFile
{
    /// <summary>The version of ONNX's operations that graphs are made of (onnx 1.12, 2022).</summary>
    public const int Operations = 17;

    private const int Format = 8;
    private const long MostBytes = int.MaxValue;

    // Metadata come last and sorted: behind the identity there is little more than a recipe.
    private const int TailBytes = 64 << 10;
    private const string IdentityKey = "underpaint.identity";

    private readonly string _path;
    private readonly ProtobufMessage _model;

    /// <summary>Makes the file's content, without writing it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="metadata">What readers may want to know.</param>
    /// <exception cref="UnderpaintException">The file would be too long.</exception>
    public OnnxFile(string path, OnnxGraph graph, IReadOnlyDictionary<string, string> metadata)
    {
        (_path, _model) = (path, ToMessage(graph, metadata));
        if (_model.Length > MostBytes)
            throw new UnderpaintException($"{path} would take {_model.Length:N0} bytes; an ONNX file holds at most {MostBytes:N0}.",
                "Export a smaller model.");
    }

    /// <summary>Writes the file, whole or not at all; one that is there is replaced.</summary>
    /// <exception cref="UnderpaintException">It cannot be written.</exception>
    public void Write() => AtomicFile.Write(_path, _model.WriteTo);

    /// <summary>The identity of the model that a file written here belongs to; null for any other file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UnderpaintException">It cannot be read.</exception>
    public static string? IdentityIn(string path)
    {
        ReadOnlySpan<byte> tail = TailOf(path), key = Encoding.UTF8.GetBytes(IdentityKey);
        int end = tail.LastIndexOf(key) + key.Length;
        // Between key and value stand the value's field and its length.
        if (end < key.Length || tail.Length < end + 2 + ModelIdentity.Length)
            return null;
        string identity = Encoding.Latin1.GetString(tail.Slice(end + 2, ModelIdentity.Length));
        return ModelIdentity.IsPossible(identity) ? identity : null;
    }

    private static byte[] TailOf(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            file.Seek(-Math.Min(TailBytes, file.Length), SeekOrigin.End);
            var tail = new byte[file.Length - file.Position];
            file.ReadExactly(tail);
            return tail;
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(path, e);
        }
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
