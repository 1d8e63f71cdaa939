using System.Runtime.InteropServices;

namespace Underpaint.Storage.Torch;

/// <summary>
/// An open PyTorch file (<c>.pt</c>, <c>.pth</c>, <c>.ckpt</c>, <c>.pkl</c>), in the zip form or the one before version 1.6. Such
/// files hold a program that makes their values. It is not run: a small machine makes plain values, storages and tensors, and
/// refuses a file that names anything else. Everything is checked on opening; a tensor's elements are read when asked for.
/// Reading is safe from several threads. Whoever opens it disposes it.
/// </summary>
public sealed class TorchFile : ITensorFile
{
    private readonly ITorchArchive _archive;
    private readonly OrderedDictionary<string, TorchTensor> _tensors;

    private TorchFile(string path, ITorchArchive archive)
    {
        (Path, _archive) = (path, archive);
        _tensors = TensorNames.Of(path, archive.Root);
        CheckTotal();
    }

    /// <summary>The file's path, as given to <see cref="Open"/>.</summary>
    public string Path { get; }

    /// <summary>The value that was saved: most often a dictionary of values and tensors.</summary>
    public PickleValue Root => _archive.Root;

    /// <summary>
    /// The tensors, in the file's order, by the way to them: keys of dictionaries and places in lists from <see cref="Root"/> on,
    /// with points between them, such as <c>state_dict.out.2.weight</c>; empty where the file is one tensor. Never use a name
    /// as a path.
    /// </summary>
    public IReadOnlyDictionary<string, TorchTensor> Tensors => _tensors;

    IEnumerable<KeyValuePair<string, IReadOnlyList<long>>> ITensorFile.Shapes =>
        _tensors.Select(tensor => KeyValuePair.Create(tensor.Key, tensor.Value.Shape));

    /// <summary>Opens a file and checks everything but the tensors' elements.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileFormatException">
    /// It is no PyTorch file, is damaged, names what is not allowed, or breaks one of the limits: pickles of 64 MiB and half a
    /// million instructions, keys of 4096 characters, values 100 deep, 100 000 tensors of 64 dimensions, which all together take
    /// at most 64 MiB more than 8 times the file's length.
    /// </exception>
    /// <exception cref="UnderpaintException">The file is missing or cannot be read.</exception>
    public static TorchFile Open(string path)
    {
        ITorchArchive archive = OpenArchive(path);
        try
        {
            return new TorchFile(path, archive);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>Reads a tensor's bytes, row-major, little-endian, however they lie in the file.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="destination">Where to; as long as <see cref="TorchTensor.Length"/> says.</param>
    /// <exception cref="FileFormatException">
    /// There is no such tensor, it is damaged, or its elements are strewn over more than 256 MiB.
    /// </exception>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public void ReadBytes(string name, Span<byte> destination)
    {
        TorchTensor tensor = Find(name);
        if (destination.Length != tensor.Length)
            throw new ArgumentException($"{tensor.Length} bytes do not fit in {destination.Length}.", nameof(destination));
        if (destination.IsEmpty)
            return;
        int size = tensor.Type.Size();
        long start = tensor.Offset * size, extent = tensor.Extent * size;
        if (tensor.IsContiguous)
            _archive.Read(tensor.Storage, start, destination);
        else
        {
            if (extent > TorchFormat.MaxSpreadBytes)
                throw Unsuitable($"has its tensor {Quotation.Of(name)} spread over {extent} bytes");
            var source = new byte[extent];
            _archive.Read(tensor.Storage, start, source);
            StridedCopy.Gather(source, tensor.Shape, tensor.Strides, size, destination);
        }
        if (_archive.IsBigEndian)
            ByteOrder.Reverse(destination, size);
    }

    /// <summary>Reads a tensor of floats: F32, F16 and BF16 exactly; F64 rounded (past the range: infinite).</summary>
    /// <param name="name">The tensor.</param>
    /// <returns>Its elements, row-major. The array is the caller's.</returns>
    /// <exception cref="FileFormatException">
    /// There is no such tensor, it has no floats, it is too large for an array, it is damaged, or its elements lie too far apart.
    /// </exception>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public float[] ReadFloats(string name)
    {
        TorchTensor tensor = Find(name);
        if (!FloatDecoding.Knows(tensor.Type))
            throw Unsuitable($"has {tensor.Type} elements in {Quotation.Of(name)}, where floats are needed");
        if (tensor.Length > Array.MaxLength)
            throw Unsuitable($"has too many elements in {Quotation.Of(name)}: {tensor.Count}");
        var floats = new float[tensor.Count];
        if (tensor.Type == DType.F32)
        {
            ReadBytes(name, MemoryMarshal.AsBytes(floats.AsSpan()));
            return floats;
        }
        var bytes = new byte[tensor.Length];
        ReadBytes(name, bytes);
        FloatDecoding.Decode(tensor.Type, bytes, floats);
        return floats;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _archive.Dispose();

    private static ITorchArchive OpenArchive(string path)
    {
        var file = new RandomFile(path, TorchFormat.Remedy);
        try
        {
            Span<byte> start = stackalloc byte[(int)Math.Min(2, file.Length)];
            file.ReadAt(0, start);
            if (start.StartsWith("PK"u8))
            {
                file.Dispose();
                return new TorchZip(path);
            }
            return start is [(byte)PickleOpcode.Proto, ..]
                ? new TorchLegacy(path, file)
                : throw TorchFormat.Broken(path, file.Length == 0 ? "is empty" : "is no PyTorch file: it begins like none");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void CheckTotal()
    {
        UInt128 total = 0;
        foreach (TorchTensor tensor in _tensors.Values)
        {
            // To read a piece of a packed storage, all of it must be unpacked.
            bool isPacked = tensor.Count > 0 && _archive.IsPacked(tensor.Storage);
            total += (ulong)Math.Max(tensor.Length, isPacked ? tensor.Storage.Length : 0);
        }
        if (total > TorchFormat.MostTensorBytes(_archive.Length))
            throw TorchFormat.Broken(Path,
                $"has tensors of {total} bytes in a file of {_archive.Length}, as a decompression bomb does");
    }

    private TorchTensor Find(string name) => _tensors.TryGetValue(name, out TorchTensor? tensor)
        ? tensor
        : throw Unsuitable($"has no tensor {Quotation.Of(name)}");

    private FileFormatException Unsuitable(string problem) =>
        new(Path, problem, "Use a file that was written for this purpose.");
}
