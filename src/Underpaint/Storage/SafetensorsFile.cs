using System.Buffers.Binary;

namespace Underpaint.Storage;

/// <summary>
/// An open safetensors file: named tensors and text metadata. Every rule of the format is checked on opening, more
/// strictly than the reference reader does (no leading space, no duplicate keys, no unknown fields); at most 100 000 tensors,
/// as many metadata entries, 64 dimensions, and 32 MiB of header. Reading is safe from several threads. Whoever opens it disposes it.
/// </summary>
public sealed class SafetensorsFile : ITensorFile
{
    private const int BlockBytes = 1 << 16;
    private readonly RandomFile _file;
    private readonly long _dataStart;

    private SafetensorsFile(string path, RandomFile file)
    {
        (Path, _file) = (path, file);
        long length = file.Length;
        if (length < 8)
            throw SafetensorsHeader.Broken(path, $"has {length} bytes, too few for a safetensors file");
        Span<byte> prefix = stackalloc byte[8];
        _file.ReadAt(0, prefix);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > SafetensorsHeader.MaxLength)
            throw SafetensorsHeader.Broken(path, $"asks for a header of {headerLength} bytes; the limit is {SafetensorsHeader.MaxLength}");
        _dataStart = 8 + (long)headerLength;
        if (_dataStart > length)
            throw SafetensorsHeader.Broken(path, $"is cut short: {length - 8} of {headerLength} bytes of its header are there");
        var json = new byte[headerLength];
        _file.ReadAt(8, json);
        SafetensorsHeader header = SafetensorsHeader.Parse(path, json, length - _dataStart);
        (Metadata, Tensors) = (header.Metadata, header.Tensors);
    }

    /// <summary>The file's path, as given to <see cref="Open"/>.</summary>
    public string Path { get; }

    /// <summary>The text entries of the header; empty where there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors by name. Names are any text, also empty; never use one as a path.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors { get; }

    IEnumerable<KeyValuePair<string, IReadOnlyList<long>>> ITensorFile.Shapes =>
        Tensors.Values.Select(tensor => KeyValuePair.Create(tensor.Name, tensor.Shape));

    /// <summary>Opens a file and checks its header. The tensors' bytes are read later, when asked for.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileFormatException">The file breaks a rule of the format.</exception>
    /// <exception cref="UnderpaintException">The file is missing or cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        var file = new RandomFile(path, SafetensorsHeader.Remedy);
        try
        {
            return new SafetensorsFile(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a tensor's bytes: row-major, little-endian.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="destination">Where to; as long as <see cref="TensorEntry.Length"/> says.</param>
    /// <exception cref="FileFormatException">There is no such tensor, or the file was cut since it was opened.</exception>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public void ReadBytes(string name, Span<byte> destination)
    {
        TensorEntry tensor = Find(name);
        if (destination.Length != tensor.Length)
            throw new ArgumentException($"{tensor.Length} bytes do not fit in {destination.Length}.", nameof(destination));
        _file.ReadAt(_dataStart + tensor.Offset, destination);
    }

    /// <summary>Reads some of a tensor's bytes.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="offset">Where in the tensor to begin, in bytes.</param>
    /// <param name="destination">Where to; it may not reach beyond the tensor.</param>
    /// <exception cref="FileFormatException">There is no such tensor, or the file was cut since it was opened.</exception>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public void ReadBytes(string name, long offset, Span<byte> destination)
    {
        TensorEntry tensor = Find(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, tensor.Length - offset);
        _file.ReadAt(_dataStart + tensor.Offset + offset, destination);
    }

    /// <summary>Reads a tensor of floats: F32, F16 and BF16 exactly; F64 rounded (past the range: infinite).</summary>
    /// <param name="name">The tensor.</param>
    /// <returns>Its elements, row-major. The array is the caller's.</returns>
    /// <exception cref="FileFormatException">There is no such tensor, it has no floats, it is too large for an array, or the file
    /// was cut since it was opened.</exception>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public float[] ReadFloats(string name)
    {
        TensorEntry tensor = Find(name);
        if (!FloatDecoding.Knows(tensor.Type))
            throw Unsuitable($"has {tensor.Type} elements in {Quotation.Of(name)}, where floats are needed");
        if (tensor.Count > Array.MaxLength)
            throw Unsuitable($"has too many elements in {Quotation.Of(name)}: {tensor.Count}");
        var values = new float[tensor.Count];
        var block = new byte[Math.Min(BlockBytes, tensor.Length)];
        int perBlock = BlockBytes / tensor.Type.Size();
        for (int start = 0; start < values.Length; start += perBlock)
        {
            Span<float> target = values.AsSpan(start, Math.Min(perBlock, values.Length - start));
            Span<byte> bytes = block.AsSpan(0, target.Length * tensor.Type.Size());
            _file.ReadAt(_dataStart + tensor.Offset + (long)start * tensor.Type.Size(), bytes);
            FloatDecoding.Decode(tensor.Type, bytes, target);
        }
        return values;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private TensorEntry Find(string name) => Tensors.TryGetValue(name, out TensorEntry? tensor)
        ? tensor
        : throw Unsuitable($"has no tensor {Quotation.Of(name)}");

    private FileFormatException Unsuitable(string problem) =>
        new(Path, problem, "Use a file that was written for this purpose.");
}
