namespace Underpaint.Storage;

/// <summary>An open file of named tensors, whatever its format. Whoever opens it disposes it.</summary>
internal interface ITensorFile : IDisposable
{
    /// <summary>The file's path, as it was given.</summary>
    string Path { get; }

    /// <summary>Each tensor's sizes, outermost first, by its name.</summary>
    IEnumerable<KeyValuePair<string, IReadOnlyList<long>>> Shapes { get; }

    /// <summary>Reads a tensor of floats, row-major; the array is the caller's.</summary>
    /// <param name="name">The tensor.</param>
    /// <exception cref="UnderpaintException">There is no such tensor, it has no floats, or it cannot be read.</exception>
    float[] ReadFloats(string name);

    /// <summary>The shapes of some tensors, by other names than those in the file.</summary>
    /// <param name="names">The tensors' names in the file, by the other names.</param>
    IReadOnlyDictionary<string, IReadOnlyList<long>> ShapesOf(IReadOnlyDictionary<string, string> names)
    {
        Dictionary<string, IReadOnlyList<long>> shapes = new(Shapes, StringComparer.Ordinal);
        return names.ToDictionary(name => name.Key, name => shapes[name.Value], StringComparer.Ordinal);
    }
}
