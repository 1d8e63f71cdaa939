using Underpaint.Storage.Torch;

namespace Underpaint.Storage;

/// <summary>
/// An open file of named tensors, whichever of the two kinds it is: safetensors (by its ending) or PyTorch's. Whoever opens it
/// disposes it.
/// </summary>
public sealed class WeightFile : IDisposable
{
    private const string SafetensorsEnding = ".safetensors";

    private readonly IDisposable _file;
    private readonly Func<string, float[]> _read;

    private WeightFile(SafetensorsFile file)
    {
        (_file, _read, Path) = (file, file.ReadFloats, file.Path);
        Shapes = file.Tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Shape);
    }

    private WeightFile(TorchFile file)
    {
        (_file, _read, Path) = (file, file.ReadFloats, file.Path);
        Shapes = file.Tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Shape);
    }

    /// <summary>The file's path, as given to <see cref="Open"/>.</summary>
    public string Path { get; }

    /// <summary>The tensors' dimensions by name, outermost first. Names are any text; never use one as a path.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Shapes { get; }

    /// <summary>Opens a file and checks everything but the tensors' elements.</summary>
    /// <param name="path">The file: <c>.safetensors</c>, or any other ending for one of PyTorch's.</param>
    /// <exception cref="FileFormatException">The file is damaged or of another format.</exception>
    /// <exception cref="UnderpaintException">The file is missing or cannot be read.</exception>
    public static WeightFile Open(string path) =>
        System.IO.Path.GetExtension(path).Equals(SafetensorsEnding, StringComparison.OrdinalIgnoreCase)
            ? new(SafetensorsFile.Open(path))
            : new(TorchFile.Open(path));

    /// <summary>Reads a tensor of floats: F32, F16 and BF16 exactly; F64 rounded.</summary>
    /// <param name="name">The tensor.</param>
    /// <returns>Its elements, row-major. The array is the caller's.</returns>
    /// <exception cref="FileFormatException">There is no such tensor, it has no floats, or it is damaged.</exception>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public float[] ReadFloats(string name) => _read(name);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
